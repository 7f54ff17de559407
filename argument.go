package masar

import "fmt"

// What a number in an argument may be is checked here, by one rule with one message for all arguments.

// Bounds are what a whole number in an argument may be, and what it is when left out.
type Bounds struct{ Min, Max, Default int }

// Of is the number that an argument gives, or the default for nil. The error has code BAD_INPUT and names the bounds.
func (b Bounds) Of(argument string, given *int) (int, error) {
	return b.of(CodeBadInput, argument, given)
}

func (b Bounds) of(code Code, argument string, given *int) (int, error) {
	switch {
	case given == nil:
		return b.Default, nil
	case *given < b.Min || *given > b.Max:
		return 0, NewArgumentError(code, argument, "error.number.default",
			Args{"given": *given, "least": b.Min, "most": b.Max, "default": b.Default})
	}
	return *given, nil
}

// PageSize is how many items of a list are shown: at most Max, and Default when nothing is asked. An argument such as first
// may be 0 in every list: then the counts of the list are all that is answered.
type PageSize struct{ Max, Default int }

// Pages is the size of a page of every list: what an argument named first or last may be, wherever it stands.
var Pages = PageSize{Max: 100, Default: 20}

// Of is the number of items that an argument asks for. The error has code BAD_PAGE and names the bounds.
func (p PageSize) Of(argument string, given *int) (int, error) {
	return Bounds{Max: p.Max, Default: p.Default}.of(CodeBadPage, argument, given)
}

// CheckNumber refuses a number below the least or above the most, which are whole, and NaN. The error has code BAD_INPUT.
func CheckNumber(argument string, given, least, most float64) error {
	if given >= least && given <= most { // NaN compares with nothing
		return nil
	}
	return NewArgumentError(CodeBadInput, argument, "error.number.bounds",
		Args{"given": fmt.Sprint(given), "least": least, "most": most})
}

// CheckShare refuses a share, a weight or a support that is not from 0 to 1. The error has code BAD_INPUT.
func CheckShare(argument string, given float64) error { return CheckNumber(argument, given, 0, 1) }

// CheckLength refuses a list with too few or too many items. The error has code BAD_INPUT.
func CheckLength(argument string, length, least, most int) error {
	if length >= least && length <= most {
		return nil
	}
	return NewArgumentError(CodeBadInput, argument, "error.list.bounds", Args{"given": length, "least": least, "most": most})
}
