package masar

import "fmt"

// The checks of numbers in arguments. Each check has one message for all arguments.

// Bounds are the minimum, the maximum and the default of an integer argument.
type Bounds struct{ Min, Max, Default int }

// Of is the given number, or the default for nil. The error has code BAD_INPUT and names the bounds.
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

// PageSize is the number of items of a list: at most Max, by default Default. An argument such as first may be 0,
// which returns only the counts of the list.
type PageSize struct{ Max, Default int }

// Pages is the page size of every list, for all arguments named first or last.
var Pages = PageSize{Max: 100, Default: 20}

// Of is the given number of items, or the default for nil. The error has code BAD_PAGE and names the bounds.
func (p PageSize) Of(argument string, given *int) (int, error) {
	return Bounds{Max: p.Max, Default: p.Default}.of(CodeBadPage, argument, given)
}

// CheckNumber rejects NaN and numbers outside [least, most], which are integers. The error has code BAD_INPUT.
func CheckNumber(argument string, given, least, most float64) error {
	if given >= least && given <= most { // false for NaN
		return nil
	}
	return NewArgumentError(CodeBadInput, argument, "error.number.bounds",
		Args{"given": fmt.Sprint(given), "least": least, "most": most})
}

// CheckShare rejects a share, a weight or a support outside [0,1]. The error has code BAD_INPUT.
func CheckShare(argument string, given float64) error { return CheckNumber(argument, given, 0, 1) }

// CheckLength rejects a list with too few or too many items. The error has code BAD_INPUT.
func CheckLength(argument string, length, least, most int) error {
	if length >= least && length <= most {
		return nil
	}
	return NewArgumentError(CodeBadInput, argument, "error.list.bounds", Args{"given": length, "least": least, "most": most})
}
