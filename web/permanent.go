package web

import (
	"net/http"
	"net/url"
	"regexp"

	"masar"
)

// permanent leads from a permanent address to the page in the reader's language.
func (o Options) permanent(w http.ResponseWriter, r *http.Request) {
	l := Preferred(r)
	a := o.addressOf(r, l)
	a.path = "/"
	w.Header().Add("Vary", "Accept, Accept-Language")
	path, failure := o.pathOfRecord(w, r)
	switch {
	case failure != nil:
		o.failed(w, a, *failure)
	case path == "":
		o.noPage(w, r, l)
	default:
		redirect(w, prefix(l)+path, http.StatusSeeOther)
	}
}

// pathOfRecord is the path of the page of a record, without the language; empty if there is none. The page of an entity gets
// the query of the permanent address.
func (o Options) pathOfRecord(w http.ResponseWriter, r *http.Request) (string, *Error) {
	record := masar.RecordRef{Type: masar.RecordType(r.PathValue("kind")), Key: r.PathValue("code")}
	switch kind := masar.Kind(record.Type); {
	case record.Type == masar.RecordClaim:
		return "/claims/" + url.PathEscape(record.Key), nil
	case record.Type == masar.RecordEvidence, record.Type == masar.RecordObservation:
		return o.placeOf(w, r, record)
	case paths[kind] == "":
		return "", nil
	case r.URL.RawQuery != "":
		return pathOf(kind, record.Key) + "?" + r.URL.RawQuery, nil
	default:
		return pathOf(kind, record.Key), nil
	}
}

// recordKey is the key of a record that is not an entity.
var recordKey = regexp.MustCompile(`^[0-9a-f]{32}$`)

// placeOf is the path of the page that shows an evidence item or an observation; empty if the record does not exist.
func (o Options) placeOf(w http.ResponseWriter, r *http.Request, record masar.RecordRef) (string, *Error) {
	if !recordKey.MatchString(record.Key) {
		return "", nil
	}
	answer := o.Ask(w, r, operations()["place"], map[string]any{"id": record.ID()})
	if len(answer.Errors) > 0 {
		return "", &answer.Errors[0]
	}
	var place placeView
	if err := answer.decode(&place); err != nil {
		panic(err) // TestViewsFit: the struct fits the operation
	}
	return place.path(), nil
}

// placeView is the answer of operations/place.graphql.
type placeView struct {
	Node *struct {
		Claim *struct {
			ID string `json:"id"`
		} `json:"claim"`
		Passage *struct {
			Start    int `json:"start"`
			End      int `json:"end"`
			Document struct {
				Code string `json:"code"`
			} `json:"document"`
		} `json:"passage"`
		Of       *reference `json:"of"`
		Measured *reference `json:"measured"`
	} `json:"node"`
}

// reference is the kind and code of an entity.
type reference struct {
	Kind masar.Kind `json:"kind"`
	Code string     `json:"code"`
}

func (r reference) ref() masar.Ref { return masar.Ref{Kind: r.Kind, Code: r.Code} }

// path is the passage in its document; without a passage, the claim of an evidence item, and the indicator of a value, or
// what the value describes.
func (p placeView) path() string {
	switch n := p.Node; {
	case n == nil:
		return ""
	case n.Passage != nil:
		return placeOf(n.Passage.Document.Code, n.Passage.Start, n.Passage.End)
	case n.Claim != nil:
		return "/claims/" + url.PathEscape(n.Claim.ID)
	case n.Measured != nil:
		return pathOf(n.Measured.Kind, n.Measured.Code)
	default:
		return pathOf(n.Of.Kind, n.Of.Code)
	}
}
