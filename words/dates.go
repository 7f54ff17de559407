package words

import (
	"regexp"
	"strconv"
	"strings"

	"masar"
)

// Date formats a date in words, in the first of the languages: "11 December 2024", "about 2022", "since 2004".
func Date(d masar.Date, lang []masar.Language) *masar.Text {
	return text(lang, func(l masar.Language) string { return written(l, dateSlot(d), "") })
}

// months are the keys of the months' names.
var months = []string{
	"date.january", "date.february", "date.march", "date.april", "date.may", "date.june",
	"date.july", "date.august", "date.september", "date.october", "date.november", "date.december",
}

// dateSlot is a date as the value of a slot. A date other than a year, month, day or period is described by its
// earliest and latest day.
func dateSlot(d masar.Date) any {
	if from, to, isPeriod := strings.Cut(d.EDTF, "/"); isPeriod {
		if said, ok := period(from, to); ok {
			return said
		}
	} else if said, ok := point(d.EDTF); ok {
		return said
	}
	first, last := d.Earliest(), d.Latest()
	switch {
	case first == nil && last == nil:
		return d.EDTF
	case first == nil:
		return masar.Phrase{Key: "date.until", Args: masar.Args{"to": saidPoint(*last)}}
	case last == nil:
		return masar.Phrase{Key: "date.since", Args: masar.Args{"from": saidPoint(*first)}}
	}
	return masar.Phrase{Key: "date.between", Args: masar.Args{"from": saidPoint(*first), "to": saidPoint(*last)}}
}

// period is a period in words. An end that is empty or two dots is open or unknown. It returns false for other dates.
func period(from, to string) (masar.Phrase, bool) {
	begins, beginning := point(from)
	ends, ending := point(to)
	isOpen := func(end string) bool { return end == "" || end == ".." }
	switch {
	case beginning && ending:
		return masar.Phrase{Key: "date.period", Args: masar.Args{"from": begins, "to": ends}}, true
	case beginning && isOpen(to):
		return masar.Phrase{Key: "date.since", Args: masar.Args{"from": begins}}, true
	case ending && isOpen(from):
		return masar.Phrase{Key: "date.until", Args: masar.Args{"to": ends}}, true
	}
	return masar.Phrase{}, false
}

// points matches years, months and days with a mark if they are uncertain (?), approximate (~) or both (%).
var points = regexp.MustCompile(`^(\d{4})(?:-(0[1-9]|1[0-2])(?:-(\d\d))?)?([?~%]?)$`)

// point is a year, a month or a day in words.
func point(edtf string) (any, bool) {
	m := points.FindStringSubmatch(edtf)
	if m == nil {
		return nil, false
	}
	var said any = m[1]
	if m[2] != "" {
		number, _ := strconv.Atoi(m[2])
		args := masar.Args{"year": m[1], "month": masar.Phrase{Key: months[number-1]}}
		said = masar.Phrase{Key: "date.month", Args: args}
		if m[3] != "" {
			args["day"] = strings.TrimPrefix(m[3], "0")
			said = masar.Phrase{Key: "date.day", Args: args}
		}
	}
	if mark := map[string]string{"~": "date.about", "?": "date.uncertain", "%": "date.about_uncertain"}[m[4]]; mark != "" {
		said = masar.Phrase{Key: mark, Args: masar.Args{"date": said}}
	}
	return said, true
}

// saidPoint is the earliest or latest day of a date in words.
func saidPoint(day string) any {
	said, _ := point(day)
	return said
}
