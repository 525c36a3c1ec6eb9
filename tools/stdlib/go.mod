module p0lint/tools/stdlib

go 1.25
