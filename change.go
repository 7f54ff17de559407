package masar

import (
	"encoding/base64"
	"strconv"
	"strings"
)

// ChangeAction is what was done to a record.
type ChangeAction string

// The actions. Nothing is ever deleted: what is rejected or deprecated is updated.
const (
	ChangeCreated ChangeAction = "CREATED"
	ChangeUpdated ChangeAction = "UPDATED"
)

// SeedAuthor is the author of what the seed says.
const SeedAuthor = "seed"

// Change says that a record was written.
type Change struct {
	// Sequence is the change's number: that of the first is 1, and each next one is one more.
	Sequence int
	// Snapshot names the snapshot that the write made.
	Snapshot string
	// At is when it was written, in RFC 3339.
	At string
	// Kind is the type of the record, and Code its code or key.
	Kind   RecordType
	Code   string
	Action ChangeAction
	// By is who wrote it, and Reason says why; nil if it was not noted.
	By, Reason *string
	// Fields are the fields of the API that show something else since an update.
	Fields []string
}

// ChangeCount is a number of changes of records of a type.
type ChangeCount struct {
	Kind  RecordType
	Count int
}

// Identity names the record that was written.
func (c *Change) Identity() RecordRef { return RecordRef{c.Kind, c.Code} }

// Cursor is the position of the change in the history.
func (c *Change) Cursor() string { return encodeID(changeCursor, strconv.Itoa(c.Sequence)) }

const changeCursor = "CHANGE"

// DecodeChangeCursor reads the number of the change that a cursor in an argument stands for. The error has code BAD_CURSOR.
func DecodeChangeCursor(argument, cursor string) (int, error) {
	raw, err := base64.RawURLEncoding.Strict().DecodeString(cursor)
	number, isChange := strings.CutPrefix(string(raw), changeCursor+"/")
	n, err2 := strconv.Atoi(number)
	if err != nil || err2 != nil || !isChange || n < 1 || encodeID(changeCursor, strconv.Itoa(n)) != cursor {
		return 0, NewArgumentError(CodeBadCursor, argument, "error.cursor.changes", nil)
	}
	return n, nil
}
