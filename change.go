package masar

import (
	"encoding/base64"
	"strconv"
	"strings"
)

// ChangeAction is what happened to a record.
type ChangeAction string

// The actions. Records are never deleted: rejection and deprecation are updates.
const (
	ChangeCreated ChangeAction = "CREATED"
	ChangeUpdated ChangeAction = "UPDATED"
)

// SeedAuthor is the author of records from the seed.
const SeedAuthor = "seed"

// Change is one write of a record.
type Change struct {
	// Sequence is the number of the change: 1 for the first, without gaps.
	Sequence int
	// Snapshot is the snapshot of the write.
	Snapshot string
	// At is the time of the write, in RFC 3339.
	At string
	// Kind is the type of the record, and Code its code or key.
	Kind   RecordType
	Code   string
	Action ChangeAction
	// By is the author, and Reason the author's reason; nil if unknown.
	By, Reason *string
	// Fields are the names of the changed fields of the API.
	Fields []string
}

// ChangeCount is the number of changes of records of a type.
type ChangeCount struct {
	Kind  RecordType
	Count int
}

// Identity is the reference of the changed record.
func (c *Change) Identity() RecordRef { return RecordRef{c.Kind, c.Code} }

// Cursor is the position of the change in the history.
func (c *Change) Cursor() string { return encodeID(changeCursor, strconv.Itoa(c.Sequence)) }

const changeCursor = "CHANGE"

// DecodeChangeCursor reads the sequence number from a cursor given as an argument. The error has code BAD_CURSOR.
func DecodeChangeCursor(argument, cursor string) (int, error) {
	raw, err := base64.RawURLEncoding.Strict().DecodeString(cursor)
	number, isChange := strings.CutPrefix(string(raw), changeCursor+"/")
	n, err2 := strconv.Atoi(number)
	if err != nil || err2 != nil || !isChange || n < 1 || encodeID(changeCursor, strconv.Itoa(n)) != cursor {
		return 0, NewArgumentError(CodeBadCursor, argument, "error.cursor.changes", nil)
	}
	return n, nil
}
