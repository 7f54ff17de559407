package web

import (
	"net/http"
	"strconv"
	"strings"

	"golang.org/x/text/language"

	"masar"
)

var matcher = language.NewMatcher([]language.Tag{language.Arabic, language.English})

// Preferred is the language of pages that a request prefers by its path, or else by Accept-Language; Arabic if it prefers
// neither of the two.
func Preferred(r *http.Request) masar.Language {
	if l, ok := languageOf(r.URL.Path); ok {
		return l
	}
	tags, _, err := language.ParseAcceptLanguage(r.Header.Get("Accept-Language"))
	if err != nil {
		return masar.Arabic
	}
	if _, i, confidence := matcher.Match(tags...); confidence > language.No && i == 1 {
		return masar.English
	}
	return masar.Arabic
}

// Home is the address of the home page in the language that a request prefers.
func Home(r *http.Request) string { return prefix(Preferred(r)) + "/" }

// jsonTypes are the media types of answers that are not pages.
var jsonTypes = []string{"application/json", "application/graphql-response+json"}

// PrefersHTML reports whether a request is from a browser that shows a page: it is a GET or HEAD request, and text/html has a
// higher quality than the JSON types. A client that accepts anything is not a browser.
func PrefersHTML(r *http.Request) bool {
	if r.Method != http.MethodGet && r.Method != http.MethodHead {
		return false
	}
	accept := strings.Join(r.Header.Values("Accept"), ",")
	html := quality(accept, "text/html", false)
	for _, other := range jsonTypes {
		if html <= quality(accept, other, true) {
			return false
		}
	}
	return html > 0
}

// linkedTypes are the media types of records that are not pages.
var linkedTypes = []string{"application/ld+json", "application/n-quads", "text/turtle", "application/json", "application/x-bibtex"}

// PrefersPage reports whether a request for a record or the vocabulary is from a client that shows a page: it names text/html, with a
// quality that no other form exceeds.
func PrefersPage(r *http.Request) bool {
	accept := strings.Join(r.Header.Values("Accept"), ",")
	html := quality(accept, "text/html", false)
	for _, other := range linkedTypes {
		if html < quality(accept, other, true) {
			return false
		}
	}
	return html > 0
}

// quality is the quality of a media type in an Accept header; 0 if it is not named. Ranges such as */* count if asked.
func quality(accept, kind string, ranges bool) (q float64) {
	best := 0
	for element := range strings.SplitSeq(accept, ",") {
		name, parameters, _ := strings.Cut(element, ";")
		specific := specificity(strings.ToLower(strings.TrimSpace(name)), kind)
		if specific > best && (ranges || specific == 3) {
			best, q = specific, weight(parameters)
		}
	}
	return q
}

// specificity is how closely a media range names a type: 3 for the type itself, 0 if it does not match.
func specificity(name, kind string) int {
	group, _, _ := strings.Cut(kind, "/")
	switch name {
	case kind:
		return 3
	case group + "/*":
		return 2
	case "*/*":
		return 1
	}
	return 0
}

// weight is the parameter q; 1 if it is missing, 0 if it is invalid.
func weight(parameters string) float64 {
	for parameter := range strings.SplitSeq(parameters, ";") {
		if text, ok := strings.CutPrefix(strings.TrimSpace(parameter), "q="); ok {
			q, err := strconv.ParseFloat(text, 64)
			if err != nil || q < 0 || q > 1 {
				return 0
			}
			return q
		}
	}
	return 1
}
