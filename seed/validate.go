package seed

import (
	"fmt"
	"slices"
	"strings"

	"masar"
)

// placed is a record with where its values stand in the files, by their paths within the record.
type placed struct {
	record masar.Record
	at     func(path string) linter
}

// validate reports the rules that the records break, leaving out what follows from a fault of a file's form.
func (r *reader) validate() {
	for _, p := range r.records {
		for _, f := range masar.Validate(p.record, r.index) {
			l := p.at(f.Path)
			if !l.source.isFaulty(l.path) && !(r.broken && maybeUnread(f.Code)) && !r.isFirstWay(p.record, f.Code) && !lacksForm(p.record, f.Path) {
				l.fault(f, r.hint(p.record, f))
			}
		}
	}
}

// maybeUnread reports whether a fault may come of a file that could not be read.
func maybeUnread(code masar.FaultCode) bool {
	return slices.Contains([]masar.FaultCode{
		masar.FaultReferenceNotFound, masar.FaultIndicatorNotFound, masar.FaultClaimNoEvidence, masar.FaultClaimUnsupported,
		masar.FaultVersionNotFound,
	}, code)
}

// isFirstWay reports whether a claim that is made both ways is the one that was given first: the other is at fault.
func (r *reader) isFirstWay(record masar.Record, code masar.FaultCode) bool {
	c, ok := record.(*masar.Claim)
	return ok && code == masar.FaultClaimBothWays && r.claimByKey[c.Key].number < r.claimByKey[reversed(c)].number
}

// lacksForm reports whether a document has no kind of evidence because it has no form, which is what is at fault.
func lacksForm(record masar.Record, path string) bool {
	d, ok := record.(*masar.Document)
	return ok && path == "evidenceKind" && d.Form == ""
}

// reversed is the key of a claim the other way round.
func reversed(c *masar.Claim) masar.ClaimKey {
	return (&masar.Claim{Subject: c.Object, Predicate: c.Predicate, Object: c.Subject}).NewKey()
}

// hint adds to a fault what only the files show: where the other claim is, or which code is like one that does not exist.
func (r *reader) hint(record masar.Record, f masar.Fault) string {
	switch f.Code {
	case masar.FaultClaimBothWays:
		return fmt.Sprintf(" The other one is in %s.", r.claimByKey[reversed(record.(*masar.Claim))])
	case masar.FaultReferenceNotFound:
		kind, code, _ := strings.Cut(fmt.Sprint(f.Args["ref"]), "/")
		if like := nearest(code, r.codes(masar.Kind(kind))); like != "" {
			return fmt.Sprintf(" Did you mean %s/%s?", kind, like)
		}
	}
	return ""
}

// codes are the codes of the entities of a kind.
func (r *reader) codes(kind masar.Kind) []string {
	var codes []string
	for ref := range r.entityByRef {
		if ref.Kind == kind {
			codes = append(codes, ref.Code)
		}
	}
	slices.SortFunc(codes, masar.CompareCodes)
	return codes
}

// entity is where a value of an entity stands. A file gives the one version of its document.
func (l linter) entity(path string) linter {
	return l.follow(strings.Replace(path, "versions[0]", "version", 1))
}

// claimed is where a value of a claim stands. A file writes subject, predicate and object as one.
func (l linter) claimed(path string) linter {
	switch path {
	case "key", "subject", "predicate", "object":
		path = "claim"
	}
	return l.follow(path)
}

// pointed is where a value of a record with a passage stands: in its own entry, in that of the passage, or in what the
// document gives for both.
func (l linter) pointed(path string, found *found) linter {
	if found == nil {
		return l.follow(path)
	}
	document, passage := found.root().Group("document"), found.root().Group("passages").Group(found.id)
	switch own := l.follow(path); {
	case path == "source", path == "passage.source":
		return l.Group("passage")
	case path == "passage.version":
		return document.Group("version")
	case path == "passage.lang" && !passage.Group("lang").Given():
		return document.Group("languages").At(0)
	case strings.HasPrefix(path, "passage."):
		return passage.follow(strings.TrimPrefix(path, "passage."))
	case path == "kind" && !own.Given():
		return document.Group("evidenceKind")
	case strings.HasPrefix(path, "summary") && !l.Group("summary").Given():
		return passage.follow(path)
	default:
		return own
	}
}
