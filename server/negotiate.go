package server

import (
	"mime"
	"strconv"
	"strings"
)

// media is a media type of answers. All are JSON in UTF-8; they differ in their use of the HTTP status.
type media string

const (
	// graphqlResponse answers report success or failure by their status.
	graphqlResponse media = "application/graphql-response+json"
	// plainJSON answers to well-formed requests have status 200 even if the operation failed. Older clients attribute
	// any other status to a proxy.
	plainJSON media = "application/json"
)

// header is the type as a Content-Type.
func (m media) header() string { return string(m) + "; charset=utf-8" }

// offered are the media types of answers, in order of preference if the client prefers none.
var offered = []media{plainJSON, graphqlResponse}

// negotiate chooses the media type of an answer by the client's Accept headers (RFC 9110, 12.5.1). For each offered
// type the most specific range counts. The highest q wins, then the more specific range, then the one named first.
// Without the header the answer is plain JSON. It returns false if the client accepts no offered type.
func negotiate(accept []string) (media, bool) {
	header := strings.Join(accept, ",")
	if strings.TrimSpace(header) == "" {
		return plainJSON, true
	}
	ranges := mediaRanges(header)
	best, chosen := mediaRange{}, media("")
	for _, m := range offered {
		if r := mostSpecific(ranges, m); r.q > 0 && (chosen == "" || r.preferredTo(best)) {
			best, chosen = r, m
		}
	}
	return chosen, chosen != ""
}

// mediaRange is an element of an Accept header.
type mediaRange struct {
	kind        string
	q           float64
	specificity int // from 1 for */* to 4 for a full type with its charset
	place       int // position in the header
}

func (r mediaRange) preferredTo(other mediaRange) bool {
	switch {
	case r.q != other.q:
		return r.q > other.q
	case r.specificity != other.specificity:
		return r.specificity > other.specificity
	}
	return r.place < other.place
}

func (r mediaRange) matches(m media) bool {
	group, _, _ := strings.Cut(string(m), "/")
	return r.kind == string(m) || r.kind == "*/*" || r.kind == group+"/*"
}

// mostSpecific returns the range that applies to a type. Its q is 0 if there is none.
func mostSpecific(ranges []mediaRange, m media) (decides mediaRange) {
	for _, r := range ranges {
		if r.matches(m) && r.specificity > decides.specificity {
			decides = r
		}
	}
	return decides
}

// mediaRanges parses an Accept header. It skips malformed ranges and those with a parameter that answers cannot have.
func mediaRanges(header string) (ranges []mediaRange) {
	for place, element := range elements(header) {
		kind, parameters, err := mime.ParseMediaType(element)
		if err != nil {
			continue
		}
		r := mediaRange{kind: kind, q: 1, place: place, specificity: 3}
		switch {
		case kind == "*/*":
			r.specificity = 1
		case strings.HasSuffix(kind, "/*"):
			r.specificity = 2
		}
		if r.takes(parameters) {
			ranges = append(ranges, r)
		}
	}
	return ranges
}

// takes reads the parameters of a range and reports whether answers can have them.
func (r *mediaRange) takes(parameters map[string]string) bool {
	for name, value := range parameters {
		switch name {
		case "q":
			q, err := strconv.ParseFloat(value, 64)
			if err != nil || !(q >= 0 && q <= 1) {
				return false
			}
			r.q = q
		case "charset":
			if !strings.EqualFold(value, "utf-8") {
				return false
			}
			r.specificity++
		default:
			return false
		}
	}
	return true
}

// elements splits a header's list at its commas, except commas within quotes.
func elements(list string) (all []string) {
	from := 0
	for i, c := range unquoted(list) {
		if c == ',' {
			all, from = append(all, list[from:i]), i+1
		}
	}
	return append(all, list[from:])
}
