/**
 * What is opened or made for writing: its Close (and Flush) is the call that says whether everything arrived.
 *
 *     f, err := os.Create(path)        // the kernel may report a full disk only when the file is closed
 *     zw := zip.NewWriter(f)           // Close writes the directory of the archive
 *
 * In errcheck's notation for constructors, `importpath.Type` for types that are nothing but writers. A `*` stands for any rest of a name.
 * Not here: connections, which are read as well, and `io.WriteCloser`, which does not say what it is.
 */

export const writerConstructors: readonly string[] = [
  'os.Create*',
  '(*os.Root).Create',
  'io/ioutil.TempFile',
  'compress/gzip.NewWriter*',
  'compress/zlib.NewWriter*',
  'compress/flate.NewWriter*',
  'compress/lzw.NewWriter',
  'archive/zip.NewWriter',
  'archive/tar.NewWriter',
  'bufio.NewWriter*',
  'bufio.NewReadWriter',
  'encoding/csv.NewWriter',
  'encoding/base64.NewEncoder',
  'encoding/base32.NewEncoder',
  'encoding/ascii85.NewEncoder',
  'mime/multipart.NewWriter',
  'mime/quotedprintable.NewWriter',
  'github.com/klauspost/compress/gzip.NewWriter*',
  'github.com/klauspost/compress/zip.NewWriter',
  'github.com/klauspost/compress/zstd.NewWriter',
  'github.com/klauspost/pgzip.NewWriter*',
  'github.com/pierrec/lz4.NewWriter',
  'github.com/pierrec/lz4/v4.NewWriter',
  'github.com/golang/snappy.NewBufferedWriter',
  'github.com/ulikunitz/xz.NewWriter',
];

export const writerTypes: readonly string[] = [
  'compress/gzip.Writer',
  'compress/zlib.Writer',
  'compress/flate.Writer',
  'archive/zip.Writer',
  'archive/tar.Writer',
  'bufio.Writer',
  'mime/multipart.Writer',
  'mime/quotedprintable.Writer',
  'github.com/klauspost/compress/gzip.Writer',
  'github.com/klauspost/compress/zip.Writer',
  'github.com/klauspost/compress/zstd.Encoder',
  'github.com/klauspost/pgzip.Writer',
  'github.com/pierrec/lz4.Writer',
  'github.com/pierrec/lz4/v4.Writer',
  'cloud.google.com/go/storage.Writer',
];

/** These open for writing only if their flags say so. */
export const openers: readonly string[] = ['os.OpenFile', '(*os.Root).OpenFile'];

/** What can only be read, although its type has no Read of its own, or could be written to as well. */
export const readerConstructors: readonly string[] = ['os.Open', 'os.OpenInRoot', '(*os.Root).Open'];

export const readerTypes: readonly string[] = [
  'archive/zip.ReadCloser',
  'database/sql.Rows',
  'github.com/jmoiron/sqlx.Rows',
];
