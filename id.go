package masar

import (
	"encoding/base64"
	"strings"
)

// The sorts of record that a global id can name beside the kinds of entity.
const (
	idClaim       = "CLAIM"
	idEvidence    = "EVIDENCE"
	idObservation = "OBSERVATION"
)

// EntityID is the global id of an entity.
func EntityID(r Ref) string { return encodeID(string(r.Kind), r.Code) }

// encodeID makes an opaque id of a record's natural key, so that it survives every re-import.
func encodeID(sort, key string) string {
	return base64.RawURLEncoding.EncodeToString([]byte(sort + "/" + key))
}

// NodeKey is a global id, decoded: just one of its fields is set.
type NodeKey struct {
	Entity                       Ref
	Claim, Evidence, Observation string
}

// DecodeID reads a global id. The error has code BAD_ID.
func DecodeID(id string) (NodeKey, error) {
	bad := ArgumentErrorf(CodeBadID, "id", "this is not an id of this graph; use an id as an answer gave it",
		"ليس هذا معرّفاً من معرّفات هذا الرسم البياني؛ استخدم معرّفاً كما ورد في إحدى الإجابات")
	if len(id) > 256 {
		return NodeKey{}, bad
	}
	raw, err := base64.RawURLEncoding.Strict().DecodeString(id)
	if err != nil || strings.ContainsAny(id, "\r\n") { // which the decoder skips
		return NodeKey{}, bad
	}
	sort, key, ok := strings.Cut(string(raw), "/")
	if !ok || key == "" {
		return NodeKey{}, bad
	}
	switch sort {
	case idClaim, idEvidence, idObservation:
		if !isHash(key) {
			return NodeKey{}, bad
		}
	}
	switch sort {
	case idClaim:
		return NodeKey{Claim: key}, nil
	case idEvidence:
		return NodeKey{Evidence: key}, nil
	case idObservation:
		return NodeKey{Observation: key}, nil
	}
	ref, err := ParseRef(string(raw))
	if err != nil {
		return NodeKey{}, bad
	}
	return NodeKey{Entity: ref}, nil
}

// isHash reports whether s is a key as hash makes it.
func isHash(s string) bool {
	return len(s) == 32 && strings.Trim(s, "0123456789abcdef") == ""
}
