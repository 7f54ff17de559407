package server

import (
	"encoding/base64"
	"encoding/binary"
	"encoding/json"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"masar"
	"masar/answers"
	"masar/exchange"
	"masar/operations"
	"masar/words"
)

// rowsQuery are the parameters of a request for rows. A semicolon is a value, as in delimiter=;, and separates nothing.
func rowsQuery(r *http.Request) (url.Values, error) {
	query, err := url.ParseQuery(strings.ReplaceAll(r.URL.RawQuery, ";", "%3B"))
	if err != nil {
		return nil, masar.NewError(masar.CodeBadInput, "error.url.unreadable", nil)
	}
	return query, nil
}

// readParameters reads the parameters of a page.
func (s *rows) readParameters(file string, p *rowsPage) error {
	for _, required := range p.dataset.Requires {
		if p.query.Get(string(required)) == "" {
			return masar.NewArgumentError(masar.CodeBadInput, string(required), "error.rows.required",
				masar.Args{"file": file, "names": p.dataset.Requires, "example": exampleOf(p.dataset)})
		}
	}
	for _, fault := range []error{
		readFlag(p.query, "bom", &p.options.ByteOrderMark),
		readFlag(p.query, "rtl", &p.options.RightToLeft),
		readDelimiter(p.query, &p.options.Delimiter),
		readFirst(p.query, &p.first),
		readCursor(p.query, &p.after),
		readSelection(p.query, &p.selects),
	} {
		if fault != nil {
			return fault
		}
	}
	if text := p.query.Get("filter"); text != "" {
		var err error
		if p.selects.Filter, err = s.filter(text); err != nil {
			return err
		}
	}
	return nil
}

// examples are values of the parameters that datasets require.
var examples = map[exchange.Parameter]string{exchange.ByCountry: "EGY", exchange.ByFrom: "SDG_TARGET/16.6", exchange.ByTo: "COUNTRY/EGY"}

// exampleOf has an example of each parameter that a dataset requires.
func exampleOf(d *exchange.Dataset) string {
	var all []string
	for _, required := range d.Requires {
		all = append(all, string(required)+"="+examples[required])
	}
	return strings.Join(all, "&")
}

// readSelection reads the parameters that select rows, except for the filter.
func readSelection(query url.Values, q *exchange.Query) error {
	q.Countries = codesIn(query.Get("country"), masar.KindCountry)
	q.Indicators = codesIn(query.Get("indicator"), masar.KindSdgIndicator)
	q.Target = words.ReadCode(masar.KindSdgTarget, strings.TrimSpace(query.Get("target")))
	for _, fault := range []error{
		readYear(query, "since", &q.Since),
		readYear(query, "until", &q.Until),
		readEdition(query, &q.Newest),
		readEnd(query, "from", &q.From),
		readEnd(query, "to", &q.To),
		readPaths(query, &q.Paths),
	} {
		if fault != nil {
			return fault
		}
	}
	if q.Until != 0 && q.Until < q.Since {
		return masar.NewArgumentError(masar.CodeBadInput, "until", "error.rows.years", masar.Args{"since": strconv.Itoa(q.Since), "until": strconv.Itoa(q.Until)})
	}
	return nil
}

// codesIn are the codes in a list with commas.
func codesIn(list string, kind masar.Kind) (codes []string) {
	for code := range strings.SplitSeq(list, ",") {
		if code = strings.TrimSpace(code); code != "" {
			codes = append(codes, words.ReadCode(kind, code))
		}
	}
	return codes
}

func readYear(query url.Values, name string, year *int) (err error) {
	text := words.WesternDigits(query.Get(name))
	if text == "" {
		return nil
	}
	if *year, err = strconv.Atoi(text); err != nil || *year < 1 || *year > 9999 {
		return masar.NewArgumentError(masar.CodeBadInput, name, "error.rows.year", nil)
	}
	return nil
}

func readEdition(query url.Values, newest *bool) error {
	switch query.Get("edition") {
	case "", "all":
	case "newest":
		*newest = true
	default:
		return masar.NewArgumentError(masar.CodeBadInput, "edition", "error.rows.edition", nil)
	}
	return nil
}

// readEnd reads an entity as its kind and code.
func readEnd(query url.Values, name string, end *masar.Ref) error {
	text := query.Get(name)
	if text == "" {
		return nil
	}
	kind, code, _ := strings.Cut(text, "/")
	*end = masar.Ref{Kind: masar.Kind(strings.ToUpper(kind)), Code: words.ReadCode(masar.Kind(strings.ToUpper(kind)), code)}
	if code == "" || !slices.Contains(masar.Kinds, end.Kind) {
		kinds := make([]string, len(masar.Kinds))
		for i, k := range masar.Kinds {
			kinds[i] = string(k)
		}
		return masar.NewArgumentError(masar.CodeBadInput, name, "error.rows.end", masar.Args{"given": operations.Shorten(text, 64), "example": examples[exchange.Parameter(name)], "kinds": kinds})
	}
	return nil
}

// pathBounds are the bounds of the number of paths.
var pathBounds = masar.Bounds{Min: 1, Max: masar.Pages.Max, Default: masar.Pages.Default}

func readPaths(query url.Values, paths **int) error {
	text := query.Get("paths")
	if text == "" {
		return nil
	}
	n, err := strconv.Atoi(text)
	if err != nil {
		n = -1
	}
	*paths = &n
	_, err = pathBounds.Of("paths", &n)
	return err
}

// delimiters are the separators of values in CSV, by the values of the parameter.
var delimiters = map[string]rune{"": 0, ",": ',', ";": ';', "tab": '\t'}

func readDelimiter(query url.Values, delimiter *rune) error {
	var known bool
	if *delimiter, known = delimiters[query.Get("delimiter")]; !known {
		return masar.NewArgumentError(masar.CodeBadInput, "delimiter", "error.rows.delimiter", nil)
	}
	return nil
}

// readFlag reads a flag: its name alone, 1 and true mean yes.
func readFlag(query url.Values, name string, value *bool) error {
	switch strings.ToLower(query.Get(name)) {
	case "", "1", "true":
		*value = query.Has(name)
	case "0", "false":
	default:
		return masar.NewArgumentError(masar.CodeBadInput, name, "error.rows.flag", nil)
	}
	return nil
}

func readFirst(query url.Values, value *int) (err error) {
	if !query.Has("first") {
		return nil
	}
	if *value, err = strconv.Atoi(query.Get("first")); err != nil || *value < 1 {
		return masar.NewArgumentError(masar.CodeBadPage, "first", "error.rows.first", nil)
	}
	return nil
}

func readCursor(query url.Values, value **rowsCursor) error {
	if !query.Has("after") {
		return nil
	}
	raw, err := base64.RawURLEncoding.Strict().DecodeString(query.Get("after"))
	if err == nil && len(raw) > 8 {
		if row, read := binary.Uvarint(raw[8:]); read == len(raw)-8 && row <= 1<<40 {
			*value = &rowsCursor{[8]byte(raw), int(row)}
			return nil
		}
	}
	return masar.NewArgumentError(masar.CodeBadCursor, "after", "error.rows.cursor", nil)
}

// filterOperation is the GraphQL operation whose variable has the type of the filter.
const filterOperation = `query rows($filter: ClaimFilter) { claims(filter: $filter) { totalCount } }`

// filter parses a filter of claims by the rules and limits of GraphQL; null is no filter.
func (s *rows) filter(text string) (*answers.ClaimFilter, error) {
	var given map[string]any
	d := json.NewDecoder(strings.NewReader(text))
	d.UseNumber()
	switch err := d.Decode(&given); {
	case err == nil && given == nil && !d.More():
		return nil, nil
	case err != nil || d.More():
		return nil, masar.NewArgumentError(masar.CodeBadInput, "filter", "error.rows.filter", masar.Args{"example": `{"basis":"STATED","countries":["EGY"]}`})
	}
	values, err := s.operations.Variables(s.document, map[string]any{"filter": given})
	if err != nil {
		return nil, err
	}
	valid, err := json.Marshal(values["filter"])
	if err != nil {
		return nil, err
	}
	var filter answers.ClaimFilter
	return &filter, json.Unmarshal(valid, &filter)
}
