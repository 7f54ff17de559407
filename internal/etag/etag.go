// Package etag makes and compares entity tags (RFC 9110, 8.8.3). A weak tag identifies what an answer says, in any content
// coding. A strong tag identifies bytes, so each coding has its own.
package etag

import (
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"slices"
	"strings"
)

// Weak returns a weak tag that is equal for equal parts.
func Weak[T string | []byte](parts ...T) string {
	h := sha256.New()
	var length [8]byte
	for _, p := range parts {
		binary.LittleEndian.PutUint64(length[:], uint64(len(p)))
		_, _ = h.Write(length[:]) // a hash returns no error
		_, _ = h.Write([]byte(p))
	}
	return `W/"` + base64.RawURLEncoding.EncodeToString(h.Sum(nil)[:18]) + `"`
}

// Strong returns the strong tag of a text without quotes.
func Strong(text string) string { return `"` + text + `"` }

// codings are the content codings in which a strong tag has a form of its own.
var codings = []string{"gzip", "zstd"}

// In returns the tag of the same answer in a content coding.
func In(tag, coding string) string {
	if isWeak(tag) || coding == "" {
		return tag
	}
	return tag[:len(tag)-1] + "-" + coding + `"`
}

// Known returns the tag, in the coding that the client has, if an If-None-Match header names it or any answer. Tags are
// compared weakly.
func Known(ifNoneMatch []string, tag string) (known string, ok bool) {
	if slices.Contains(listed(ifNoneMatch), "*") {
		return tag, true
	}
	return Named(ifNoneMatch, tag)
}

// Named is like Known, but "*" does not count. It is for answers that may turn out not to exist.
func Named(ifNoneMatch []string, tag string) (named string, ok bool) {
	tags := listed(ifNoneMatch)
	for _, coding := range append([]string{""}, codings...) {
		form := In(tag, coding)
		if slices.Contains(tags, strings.TrimPrefix(form, "W/")) {
			return form, true
		}
	}
	return "", false
}

// listed are the tags in a header without the marks of weak ones.
func listed(header []string) []string {
	if len(header) == 0 {
		return nil
	}
	tags := strings.Split(strings.Join(header, ","), ",")
	for i, tag := range tags {
		tags[i] = strings.TrimPrefix(strings.TrimSpace(tag), "W/")
	}
	return tags
}

func isWeak(tag string) bool { return strings.HasPrefix(tag, "W/") }
