package main

import (
	"fmt"
	"go/constant"
	"go/types"
	"math/big"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// constantText spells the exact value of a constant so that reading it again gives the same value and,
// for an untyped constant, the same kind.
func constantText(c *types.Const) (string, error) {
	basic, ok := c.Type().Underlying().(*types.Basic)
	if !ok {
		return "", fmt.Errorf("%s: constant of type %s", c.Name(), c.Type())
	}
	switch {
	case basic.Info()&types.IsBoolean != 0:
		return strconv.FormatBool(constant.BoolVal(c.Val())), nil
	case basic.Info()&types.IsString != 0:
		return strconv.QuoteToASCII(constant.StringVal(c.Val())), nil
	case basic.Kind() == types.UntypedRune:
		if text, ok := runeText(c.Val()); ok {
			return text, nil
		}
	case basic.Info()&types.IsInteger != 0:
		return c.Val().ExactString(), nil
	case basic.Info()&types.IsFloat != 0:
		return floatText(c.Val(), basic.Kind() == types.UntypedFloat)
	}
	return "", fmt.Errorf("%s: no spelling for the constant %s", c.Name(), c.Val())
}

// runeText writes a rune beyond the last code point, such as unicode.UpperLower, as a sum.
func runeText(value constant.Value) (string, bool) {
	number, exact := constant.Int64Val(value)
	switch {
	case !exact:
		return "", false
	case utf8.ValidRune(rune(number)) && int64(rune(number)) == number:
		return strconv.QuoteRuneToASCII(rune(number)), true
	case number > unicode.MaxRune:
		return fmt.Sprintf("%s + %d", strconv.QuoteRuneToASCII(unicode.MaxRune), number-unicode.MaxRune), true
	}
	return "", false
}

func floatText(value constant.Value, untyped bool) (string, error) {
	exact, ok := new(big.Rat), true
	switch v := constant.Val(constant.ToFloat(value)).(type) {
	case int64:
		exact.SetInt64(v)
	case *big.Int:
		exact.SetInt(v)
	case *big.Rat:
		exact = v
	case *big.Float:
		v.Rat(exact)
	default:
		ok = false
	}
	if !ok {
		return "", fmt.Errorf("no exact value of %s", value)
	}
	numerator, denominator := exact.Num(), exact.Denom()
	if power, ok := logarithm(denominator); ok && (power > 0 || numerator.BitLen() > 64) {
		zeros := numerator.TrailingZeroBits()
		mantissa := new(big.Int).Rsh(numerator, zeros)
		return fmt.Sprintf("%#xp%d", mantissa, int(zeros)-power), nil
	}
	if digits, ok := decimals(denominator); ok {
		text := exact.FloatString(digits)
		if untyped && !strings.Contains(text, ".") {
			text += ".0"
		}
		return text, nil
	}
	return fmt.Sprintf("%d.0 / %d", numerator, denominator), nil
}

// logarithm tells whether n is a power of two, and which.
func logarithm(n *big.Int) (int, bool) {
	power := int(n.TrailingZeroBits())
	return power, n.BitLen() == power+1
}

// decimals tells how many decimal places a fraction with denominator n needs, if a finite number.
func decimals(n *big.Int) (int, bool) {
	scale := big.NewInt(1)
	for digits := range 400 {
		if new(big.Int).Rem(scale, n).Sign() == 0 {
			return digits, true
		}
		scale.Mul(scale, big.NewInt(10))
	}
	return 0, false
}
