package server

import (
	"encoding/json"
	"net/http"
	"net/url"
	"strings"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/gqlerror"

	"masar"
	"masar/exchange/linked"
	"masar/operations"
	"masar/web"
)

// pages serves the explorer. A page runs its operation as /graphql does, so that it has the same limits, queue and log.
type pages struct {
	checkRate
	public PublicURLs
}

// newPages returns the handler of the explorer's pages.
func newPages(o Options, p pages) http.Handler {
	return web.Pages(web.Options{Ask: p.ask, Base: p.public.base, State: p.operations.State(), Build: o.build(), PDF: o.Printer.Prints() == nil, Cite: citePage})
}

// citePage writes a page as a reference.
func citePage(r web.Reference) web.Citations {
	bib, csl := linked.CitePage(linked.Page{Title: r.Title, Address: r.Address, Snapshot: r.Snapshot, Date: r.Date, Lang: r.Lang})
	return web.Citations{BibTeX: bib, CSL: csl}
}

// build identifies the program; empty if it is not known.
func (o Options) build() string {
	build, _ := json.Marshal(o.Version)
	return string(build)
}

// ask runs the operation of a page for the client of a request.
func (p pages) ask(w http.ResponseWriter, r *http.Request, document string, variables map[string]any) web.Answer {
	data, failed := p.run(w, r, document, variables)
	answer := p.failed(r, failed...)
	answer.Data = data
	return answer
}

// run runs an operation for the client of a request, with the limits, queue and log of /graphql.
func (p pages) run(w http.ResponseWriter, r *http.Request, document string, variables map[string]any) (json.RawMessage, gqlerror.List) {
	params := operations.Params{Query: document, Ours: true}
	text, err := json.Marshal(variables)
	if err == nil {
		err = scan(text, &params.Variables)
	}
	if err != nil {
		panic(err) // pages and briefs have strings, numbers, lists and maps as variables
	}
	request, refused := p.begin(w, r)
	if refused != nil {
		return nil, gqlerror.List{p.operations.Present(r.Context(), refused)}
	}
	response, failed := perform(w, r, request, params)
	if failed != nil {
		return nil, gqlerror.List{failed}
	}
	return response.Data, response.Errors
}

// perform runs an operation in a request, and writes the headers about the client's budget.
func perform(w http.ResponseWriter, r *http.Request, request *operations.Request, params operations.Params) (*graphql.Response, *gqlerror.Error) {
	entryOf(r.Context()).request = request
	response, err := request.Do(r.Context(), params)
	writeBudget(w.Header(), request.Budget())
	return response, err
}

// failed is an answer with errors.
func (p pages) failed(r *http.Request, errors ...*gqlerror.Error) (answer web.Answer) {
	entryOf(r.Context()).outcome = operations.OutcomeOf(errors)
	for _, err := range errors {
		answer.Errors = append(answer.Errors, shownError(err))
	}
	return answer
}

// shownError is an error for a page.
func shownError(err *gqlerror.Error) web.Error {
	shown := web.Error{Status: statusOf(err), Message: masar.Message{EN: err.Message, AR: err.Message}}
	if messages, ok := err.Extensions["messages"].(map[string]string); ok {
		shown.Message = masar.Message{EN: messages["en"], AR: messages["ar"]}
	}
	shown.ID, _ = err.Extensions["id"].(string)
	shown.Argument, _ = err.Extensions["argument"].(string)
	return shown
}

// front leads browsers from / to the home page in their language. Other clients get the list of routes.
func front(w http.ResponseWriter, r *http.Request) {
	w.Header().Add("Vary", "Accept, Accept-Language")
	if web.PrefersHTML(r) {
		redirectTo(w, web.Home(r))
		return
	}
	welcome(w, r)
}

// graphiQLFirst leads browsers that open /graphql to GraphiQL, with the operation in the address.
func graphiQLFirst(h http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if !web.PrefersHTML(r) {
			h.ServeHTTP(w, r)
			return
		}
		w.Header().Add("Vary", "Accept")
		redirectTo(w, "/graphiql/"+carried(r.URL.Query()))
	})
}

// withoutSlash leads from /graphql/ to /graphql with the method, the body and the parameters of the request.
func withoutSlash(w http.ResponseWriter, r *http.Request) {
	to := url.URL{Path: strings.TrimSuffix(r.URL.Path, "/"), RawQuery: r.URL.RawQuery}
	w.Header().Set("Location", to.String())
	w.WriteHeader(http.StatusPermanentRedirect)
}

// carried is the query for GraphiQL with the operation of a query for /graphql.
func carried(given url.Values) string {
	kept := url.Values{}
	for _, name := range []string{"query", "variables", "operationName"} {
		if value := given.Get(name); value != "" {
			kept.Set(name, value)
		}
	}
	if len(kept) == 0 {
		return ""
	}
	return "?" + kept.Encode()
}

func redirectTo(w http.ResponseWriter, path string) {
	w.Header().Set("Location", path)
	w.WriteHeader(http.StatusSeeOther)
}

// serveAssets serves the files that pages load. Their names contain a hash of their content.
func serveAssets() http.Handler {
	files := site{}
	for name, content := range web.Assets() {
		name, packed := strings.CutSuffix(name, ".gz")
		files["assets/"+name] = newFile(name, content, packed)
	}
	return http.StripPrefix("/", files)
}
