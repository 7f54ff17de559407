package server

import (
	"bytes"
	"net/http"
	"strconv"
	"strings"
	"sync"

	"github.com/klauspost/compress/gzip"
	"github.com/klauspost/compress/zstd"
)

// coding is a content coding in which kept answers are sent.
type coding struct {
	name string
	pack func([]byte) []byte
}

// codings are the content codings, in order of preference if the client prefers none. They are those of gzhttp, which
// compresses all other answers.
var codings = []coding{{"zstd", packZstd}, {"gzip", packGzip}}

// zstdWindow is the window of zstd in bytes, which bounds the memory of readers and of the encoder.
const zstdWindow = 512 << 10

var zstdEncoder = sync.OnceValue(func() *zstd.Encoder {
	e, err := zstd.NewWriter(nil, zstd.WithWindowSize(zstdWindow), zstd.WithEncoderConcurrency(1), zstd.WithLowerEncoderMem(true))
	if err != nil {
		panic(err) // the options are constants
	}
	return e
})

func packZstd(body []byte) []byte { return bytes.Clone(zstdEncoder().EncodeAll(body, nil)) }

func packGzip(body []byte) []byte {
	var packed bytes.Buffer
	z := gzip.NewWriter(&packed)
	_, _ = z.Write(body) // a buffer returns no error
	_ = z.Close()
	return bytes.Clone(packed.Bytes())
}

// codingOf is the coding that a client prefers; false if it accepts none.
func codingOf(r *http.Request) (best coding, ok bool) {
	accepted, highest := r.Header["Accept-Encoding"], 0.
	for _, c := range codings {
		if q := quality(accepted, c.name); q > highest {
			best, highest, ok = c, q, true
		}
	}
	return best, ok
}

// takesGzip reports whether a client accepts gzip.
func takesGzip(r *http.Request) bool { return quality(r.Header["Accept-Encoding"], "gzip") > 0 }

// quality is the weight of a content coding in Accept-Encoding headers; 0 if it is not accepted.
func quality(accepted []string, name string) float64 {
	for _, header := range accepted {
		for element := range strings.SplitSeq(header, ",") {
			given, weight, _ := strings.Cut(element, ";")
			if !strings.EqualFold(strings.TrimSpace(given), name) {
				continue
			}
			text, hasWeight := strings.CutPrefix(strings.TrimSpace(weight), "q=")
			if !hasWeight {
				return 1
			}
			q, _ := strconv.ParseFloat(text, 64) // 0 for an invalid weight
			return q
		}
	}
	return 0
}
