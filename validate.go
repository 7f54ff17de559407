package masar

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"iter"
	"reflect"
	"strings"
	"unicode/utf8"
)

// Lookup finds the records that the rules on another record depend on.
type Lookup interface {
	// Entity finds an entity; nil if there is none.
	Entity(Ref) Entity
	// Claim finds a claim by its key; nil if there is none.
	Claim(key ClaimKey) *Claim
	// EvidenceFor lists the evidence for and against a claim.
	EvidenceFor(claim ClaimKey) []*Evidence
	// Text finds an imported text by its SHA-256; nil if it is not imported.
	Text(sha256 string) *SourceText
}

// Validate reports every rule that a record breaks: an Entity, *Claim, *Evidence, *Observation or *SourceText. All
// rules on records are here; the seed, the database and the check of the whole graph use it.
func Validate(record Record, lookup Lookup) []Fault {
	v := &validator{Lookup: lookup}
	v.value(reflect.ValueOf(record).Elem(), "", "")
	switch r := record.(type) {
	case Entity:
		v.entity(r)
	case *Claim:
		checkKey(v, r.Key, r.NewKey())
		v.claim(r)
	case *Evidence:
		checkKey(v, r.Key, r.NewKey())
		v.evidence(r)
	case *Observation:
		checkKey(v, r.Key, r.NewKey())
		v.observation(r)
	case *SourceText:
		v.sourceText(r)
	}
	return v.faults
}

// ValidateBatch reports every rule that the records of a batch break, and the records that it has in two versions. The
// evidence of its claims counts as part of it, since what evidence may be depends on the claim.
func ValidateBatch(b *Batch, lookup Lookup) []Finding {
	var findings []Finding
	first := map[string]Record{}
	for record := range withEvidence(b, lookup) {
		name := record.Identity().String()
		if same, again := first[name]; again && !reflect.DeepEqual(same, record) {
			findings = append(findings, Finding{name, Fault{Code: FaultRecordTwice, Args: Args{"record": name}}})
		}
		first[name] = record
		for _, f := range Validate(record, lookup) {
			findings = append(findings, Finding{name, f})
		}
	}
	return findings
}

// withEvidence are the records of a batch, and the evidence of its claims that the batch leaves as it is.
func withEvidence(b *Batch, lookup Lookup) iter.Seq[Record] {
	return func(yield func(Record) bool) {
		given := map[EvidenceKey]bool{}
		for _, e := range b.Evidence {
			given[e.Key] = true
		}
		for record := range b.Records() {
			if !yield(record) {
				return
			}
		}
		for _, c := range b.Claims {
			for _, e := range lookup.EvidenceFor(c.Key) {
				if !given[e.Key] && !yield(e) {
					return
				}
				given[e.Key] = true
			}
		}
	}
}

// validator gathers the faults of one record.
type validator struct {
	Lookup
	faults []Fault
}

func (v *validator) fault(path string, code FaultCode, args Args) {
	v.faults = append(v.faults, Fault{path, code, args})
}

// checkKey checks that a key matches the record's content.
func checkKey[K ~string](v *validator, key, derived K) {
	if key != derived {
		v.fault("key", FaultKeyWrong, Args{"key": string(key), "derived": string(derived)})
	}
}

func (v *validator) sourceText(t *SourceText) {
	sum := sha256.Sum256([]byte(t.Text))
	if derived := hex.EncodeToString(sum[:]); t.SHA256 != derived && !t.Removed() {
		v.fault("sha256", FaultKeyWrong, Args{"key": t.SHA256, "derived": derived})
	}
	n := utf8.RuneCountInString(t.Text)
	if n != t.Length {
		v.fault("length", FaultLengthWrong, Args{"length": t.Length, "actual": n})
	}
	document, _ := v.Entity(t.Document).(*Document)
	if document == nil || t.Removed() {
		return
	}
	for i, version := range document.Versions {
		if version.SHA256 == t.SHA256 && version.Length != n {
			v.fault(fmt.Sprintf("document.versions[%d].length", i), FaultLengthWrong, Args{"length": version.Length, "actual": n})
		}
	}
}

// need checks that a required value is given.
func (v *validator) need(path, value string) bool {
	if value == "" {
		v.fault(path, FaultValueMissing, nil)
	}
	return value != ""
}

// needText checks that a required text is given.
func (v *validator) needText(path string, text LocalizedText) {
	if text.IsZero() {
		v.fault(path, FaultTextMissing, nil)
	}
}

// needRef checks that a required reference is given.
func (v *validator) needRef(path string, ref Ref, kinds []Kind) {
	if ref.IsZero() {
		v.fault(path, FaultReferenceMissing, Args{"kinds": names(kinds)})
	}
}

// inRange checks that a number is in [least, most].
func (v *validator) inRange(path string, x, least, most float64) bool {
	if x < least || x > most {
		v.fault(path, FaultNumberRange, Args{"value": x, "min": least, "max": most})
		return false
	}
	return true
}

// atLeast checks that a number is not below another.
func (v *validator) atLeast(path string, x, least float64) {
	if x < least {
		v.fault(path, FaultNumberTooSmall, Args{"value": x, "min": least})
	}
}

// hash checks that a value is a SHA-256 in hex.
func (v *validator) hash(path, value string) bool {
	if !isSHA256(value) {
		v.fault(path, FaultHashInvalid, Args{"value": value})
		return false
	}
	return true
}

func isSHA256(s string) bool {
	raw, err := hex.DecodeString(s)
	return err == nil && len(raw) == sha256.Size && s == strings.ToLower(s)
}

// ValidRange reports what is wrong with a half-open range of runes in a text. length is 0 if the text's length is
// unknown.
func ValidRange(start, end, length int) []Fault {
	v := &validator{}
	v.atLeast("start", float64(start), 0)
	switch {
	case end <= start:
		v.fault("end", FaultRangeEmpty, Args{"start": start, "end": end})
	case length > 0 && end > length:
		v.fault("end", FaultRangeBeyond, Args{"end": end, "length": length})
	}
	return v.faults
}
