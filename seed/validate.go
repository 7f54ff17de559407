package seed

import (
	"fmt"
	"slices"
	"strings"

	"masar"
)

// placed is a record with the linter for its values' paths.
type placed struct {
	record masar.Record
	at     func(path string) linter
}

// validate reports the rules that the records break, except faults that follow from faults of a file's form.
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

// maybeUnread reports whether an unread file may cause a fault.
func maybeUnread(code masar.FaultCode) bool {
	return slices.Contains([]masar.FaultCode{
		masar.FaultReferenceNotFound, masar.FaultIndicatorNotFound, masar.FaultClaimNoEvidence, masar.FaultClaimUnsupported,
		masar.FaultVersionNotFound,
	}, code)
}

// isFirstWay reports whether a claim was given before its reverse. Only the later one is at fault.
func (r *reader) isFirstWay(record masar.Record, code masar.FaultCode) bool {
	c, ok := record.(*masar.Claim)
	return ok && code == masar.FaultClaimBothWays && r.claimByKey[c.Key].number < r.claimByKey[reversed(c)].number
}

// lacksForm reports whether a document lacks an evidence kind only because it lacks a form, which is reported.
func lacksForm(record masar.Record, path string) bool {
	d, ok := record.(*masar.Document)
	return ok && path == "evidenceKind" && d.Form == ""
}

// reversed is the key of the reversed claim.
func reversed(c *masar.Claim) masar.ClaimKey {
	return (&masar.Claim{Subject: c.Object, Predicate: c.Predicate, Object: c.Subject}).NewKey()
}

// hint adds to a fault what only the files show: the position of the other claim, or a similar code that exists.
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

// entity returns the linter for a path of an entity. The file gives the one version of its document.
func (l linter) entity(path string) linter {
	return l.follow(strings.Replace(path, "versions[0]", "version", 1))
}

// claimed returns the linter for a path of a claim. A file writes subject, predicate and object as one value.
func (l linter) claimed(path string) linter {
	switch path {
	case "key", "subject", "predicate", "object":
		path = "claim"
	}
	return l.follow(strings.TrimPrefix(path, "retirement."))
}

// pointed returns the linter for a path of a record with a passage: in its own entry, in the passage, or in the
// document.
func (l linter) pointed(path string, found *found) linter {
	if found == nil {
		return l.follow(path)
	}
	path = strings.TrimPrefix(path, "retirement.")
	document, passage := found.home.root().Group("document"), found.root().Group("passages").Group(found.id)
	if path == "review" {
		path = "status"
	}
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
