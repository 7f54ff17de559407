package server

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"mime"
	"net/http"
	"net/url"
	"os"
	"strings"
	"unicode/utf8"

	"masar"
	"masar/operations"
)

// parameters are the JSON parameters of an operation: query, documentId, operationName, variables and extensions.
type parameters map[string]json.RawMessage

// sent is the text of a request: the body, or the query of the URL.
type sent struct {
	form    textForm
	content []byte
}

// textForm is the form of a request's text.
type textForm string

// The forms.
const (
	formJSON textForm = "json"
	formURL  textForm = "url"
)

// text receives the text of a request. If it refuses the method or the content type, a header lists what is allowed.
func (l Limits) text(w http.ResponseWriter, r *http.Request) (sent, *masar.Error) {
	if len(r.RequestURI) > l.URL {
		return sent{}, masar.NewError(masar.CodeURITooLong, "error.url.long", masar.Args{"allowed": l.URL})
	}
	switch r.Method {
	case http.MethodGet, http.MethodHead:
		return sent{formURL, []byte(r.URL.RawQuery)}, nil
	case http.MethodPost:
		body, refused := l.fromBody(w, r)
		return sent{formJSON, body}, refused
	}
	w.Header().Set("Allow", methods)
	return sent{}, masar.NewError(masar.CodeMethodNotAllowed, "error.operation.method", nil)
}

// read parses the parameters in a text.
func (s sent) read(trusted TrustedDocuments) (*operations.Params, *masar.Error) {
	parse := fromJSON
	if s.form == formURL {
		parse = fromURL
	}
	given, refused := parse(s.content)
	if refused != nil {
		return nil, refused
	}
	return given.operation(trusted)
}

// queryOf are the parameters of a request.
func queryOf(r *http.Request) (url.Values, error) {
	query, err := url.ParseQuery(r.URL.RawQuery)
	if err != nil {
		return nil, masar.NewError(masar.CodeBadInput, "error.url.unreadable", nil)
	}
	return query, nil
}

// readOnly refuses a method that changes something.
func readOnly(w http.ResponseWriter, r *http.Request) error {
	if r.Method == http.MethodGet || r.Method == http.MethodHead {
		return nil
	}
	w.Header().Set("Allow", "GET, HEAD")
	return masar.NewError(masar.CodeMethodNotAllowed, "error.http.method", masar.Args{"allowed": "GET, HEAD"})
}

// fromURL reads the parameters of a GET request. Empty parameters count as absent.
func fromURL(query []byte) (parameters, *masar.Error) {
	values, err := url.ParseQuery(string(query))
	if err != nil {
		return nil, masar.NewError(masar.CodeBadRequest, "error.url.unreadable", nil)
	}
	given := parameters{}
	for _, name := range []string{"query", "documentId", "operationName", "variables", "extensions"} {
		value := []byte(values.Get(name))
		if isText := name != "variables" && name != "extensions"; isText && len(value) > 0 && utf8.Valid(value) {
			value, _ = json.Marshal(string(value)) // a string always encodes
		}
		switch refused := wellFormed(value, name); {
		case len(values[name]) > 1:
			return nil, masar.NewArgumentError(masar.CodeBadRequest, name, "error.parameter.repeated", masar.Args{"name": name})
		case len(value) == 0:
		case refused != nil:
			refused.Argument = name
			return nil, refused
		default:
			given[name] = value
		}
	}
	return given, nil
}

// fromBody receives the body of a POST request.
func (l Limits) fromBody(w http.ResponseWriter, r *http.Request) ([]byte, *masar.Error) {
	if !isJSON(r.Header.Values("Content-Type")) {
		return nil, masar.NewError(masar.CodeUnsupportedMediaType, "error.body.type", nil)
	}
	if coding := strings.Join(r.Header.Values("Content-Encoding"), ","); coding != "" && !strings.EqualFold(coding, "identity") {
		w.Header().Set("Accept-Encoding", "identity")
		return nil, masar.NewError(masar.CodeUnsupportedMediaType, "error.body.compressed", nil)
	}
	return l.body(r)
}

// fromJSON reads the parameters of a body.
func fromJSON(body []byte) (parameters, *masar.Error) {
	if refused := wellFormed(body, masar.Phrase{Key: "error.json.body"}); refused != nil {
		return nil, refused
	}
	return members(body)
}

// isJSON reports whether a Content-Type is application/json without parameters other than charset=utf-8.
func isJSON(contentType []string) bool {
	if len(contentType) != 1 {
		return false
	}
	kind, parameters, err := mime.ParseMediaType(contentType[0])
	charset, has := parameters["charset"]
	delete(parameters, "charset")
	return err == nil && kind == "application/json" && len(parameters) == 0 && (!has || strings.EqualFold(charset, "utf-8"))
}

// body reads a request body. Of a body that is too large it reads and discards up to l.Drain bytes. Otherwise a client
// that is still sending would see a reset connection instead of the answer.
func (l Limits) body(r *http.Request) ([]byte, *masar.Error) {
	tooLarge := masar.NewError(masar.CodeContentTooLarge, "error.body.large", masar.Args{"allowed": int(l.Body)})
	if r.ContentLength > l.Body && r.Header.Get("Expect") != "" {
		return nil, tooLarge // the client waits for 100 Continue and has sent nothing yet
	}
	body, err := io.ReadAll(io.LimitReader(r.Body, l.Body+1))
	if err == nil && int64(len(body)) > l.Body {
		_, err = io.CopyN(io.Discard, r.Body, l.Drain)
		if !errors.Is(err, os.ErrDeadlineExceeded) {
			return nil, tooLarge
		}
	}
	switch {
	case err == nil:
		return body, nil
	case errors.Is(err, os.ErrDeadlineExceeded):
		return nil, masar.NewError(masar.CodeRequestTimeout, "error.body.slow", nil)
	}
	return nil, masar.NewError(masar.CodeBadRequest, "error.body.cut", nil)
}

// operation decodes the parameters. Unknown parameters are ignored, because the specification reserves them.
func (p parameters) operation(trusted TrustedDocuments) (*operations.Params, *masar.Error) {
	var o operations.Params
	var id string
	for _, parameter := range []struct {
		name string
		form string
		into any
	}{
		{"extensions", "object", &o.Extensions},
		{"variables", "object", &o.Variables},
		{"operationName", "string_or_null", &o.OperationName},
		{"documentId", "string_or_null", &id},
		{"query", "string", &o.Query},
	} {
		if given, ok := p[parameter.name]; ok && scan(given, parameter.into) != nil {
			return nil, masar.NewArgumentError(masar.CodeBadRequest, parameter.name, "error.parameter."+parameter.form, masar.Args{"name": parameter.name})
		}
	}
	hash, hashed := apolloHash(o.Extensions)
	if id == "" {
		id = hash
	}
	if trusted == nil && (hashed || id != "") {
		return nil, masar.NewError(masar.CodePersistedQuery, "error.persisted_query", nil)
	}
	query := p["query"]
	hasQuery := query != nil && string(query) != "null"
	if !hasQuery && id == "" && !hashed {
		return nil, masar.NewArgumentError(masar.CodeBadRequest, "query", "error.parameter.query_missing", nil)
	}
	if trusted == nil {
		return &o, nil
	}
	var refused *masar.Error
	o.Query, refused = trusted.document(o.Query, id)
	return &o, refused
}

// apolloHash is the id of a document as Apollo's clients send it; hashed reports whether they sent one.
func apolloHash(extensions map[string]any) (hash string, hashed bool) {
	persisted, hashed := extensions["persistedQuery"]
	members, _ := persisted.(map[string]any)
	hash, _ = members["sha256Hash"].(string)
	return hash, hashed
}

// scan decodes a JSON value and keeps numbers as they are written.
func scan(value json.RawMessage, into any) error {
	d := json.NewDecoder(bytes.NewReader(value))
	d.UseNumber()
	return d.Decode(into)
}
