package masar

import (
	"encoding/base64"
	"strings"
)

// EntityID is the global id of an entity.
func EntityID(r Ref) string { return r.Record().ID() }

// encodeID makes an opaque id of a record's natural key, so that it survives every re-import.
func encodeID(of, key string) string {
	return base64.RawURLEncoding.EncodeToString([]byte(of + "/" + key))
}

// DecodeID reads a global id: the record that it names. The error has code BAD_ID.
func DecodeID(id string) (RecordRef, error) {
	bad := NewArgumentError(CodeBadID, "id", "error.id.malformed", nil)
	if len(id) > 256 {
		return RecordRef{}, bad
	}
	raw, err := base64.RawURLEncoding.Strict().DecodeString(id)
	if err != nil || strings.ContainsAny(id, "\r\n") { // which the decoder skips
		return RecordRef{}, bad
	}
	of, key, _ := strings.Cut(string(raw), "/")
	spec, ok := SpecOf(RecordType(of))
	if !ok || !spec.Node || !spec.ValidKey(key) {
		return RecordRef{}, bad
	}
	return RecordRef{spec.Type, key}, nil
}

// isHash reports whether s is a key as hash makes it.
func isHash(s string) bool {
	return len(s) == 32 && strings.Trim(s, "0123456789abcdef") == ""
}
