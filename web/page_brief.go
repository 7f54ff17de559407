package web

import (
	"context"
	"encoding/json"
	"errors"
	"html/template"
	"net/http"
	"slices"

	"masar"
	"masar/brief"
	"masar/words"
)

var (
	targetBriefPage         = newBriefPage(brief.OfTarget, "briefs/targets/{code}")
	countryBriefPage        = newBriefPage(brief.OfCountry, "briefs/countries/{code}")
	recommendationBriefPage = newBriefPage(brief.OfRecommendation, "briefs/recommendations/{code}")
	pathBriefPage           = newBriefPage(brief.OfPath, "briefs/path")
)

// newBriefPage is the page of a kind of brief. Its language is that of the page.
func newBriefPage(kind brief.Kind, path string) page {
	parameters := slices.DeleteFunc(slices.Clone(kind.Parameters()), func(name string) bool { return name == "lang" })
	return page{
		path: path, template: "brief", kind: kind.SubjectKind(), parameters: parameters, brief: kind,
		view: func() view { return new(briefView) },
	}
}

// briefView is a policy brief as a page.
type briefView struct {
	PageFrame
	made    brief.Brief
	request brief.Request
	// Body is the brief itself.
	Body template.HTML
	// PDF reports whether the service writes briefs as PDF.
	PDF bool
}

// showBrief makes a brief and shows it.
func (h handler) showBrief(w http.ResponseWriter, r *http.Request, a address, tag string) {
	request, err := brief.Parse(h.page.brief, a.codes("code"), a.query)
	if err != nil {
		h.refused(w, a, err)
		return
	}
	request.Languages, request.Base = []masar.Language{a.lang}, a.base
	asking := briefAsk{h: h, w: w, r: r}
	v := &briefView{request: request, PDF: h.PDF}
	if v.made, err = brief.Make(r.Context(), asking.ask, request); err == nil {
		v.Body, err = brief.Body(v.made)
	}
	if err != nil {
		h.briefFailed(w, a, err)
		return
	}
	v.PageFrame = PageFrame{Snapshot: v.made.Snapshot, Frame: &frameDate{v.made.AsOf}, FrameProfile: &frameProfile{v.made.Profile}}
	h.show(w, a, v, Answer{}, newCall(asking.document, asking.variables, a), tag)
}

// briefAsk runs the operations of a brief for a request, and keeps the first for readers who want it themselves.
type briefAsk struct {
	h         handler
	w         http.ResponseWriter
	r         *http.Request
	document  string
	variables map[string]any
}

// answerError is the first error of an answer.
type answerError struct{ of Error }

// Error is the message in English.
func (e answerError) Error() string { return e.of.Message.EN }

func (b *briefAsk) ask(_ context.Context, document string, variables map[string]any) (json.RawMessage, error) {
	if b.document == "" {
		b.document, b.variables = document, variables
	}
	answer := b.h.Ask(b.w, b.r, document, variables)
	if len(answer.Errors) > 0 {
		return nil, answerError{answer.Errors[0]}
	}
	return answer.Data, nil
}

// briefStatuses are the statuses of the errors of briefs.
var briefStatuses = map[masar.Code]int{masar.CodeNotFound: http.StatusNotFound, masar.CodeConflict: http.StatusServiceUnavailable}

// briefFailed writes the page of a brief that could not be made.
func (h handler) briefFailed(w http.ResponseWriter, a address, err error) {
	if answered, ok := errors.AsType[answerError](err); ok {
		h.failed(w, a, answered.of)
		return
	}
	shown := Error{Status: http.StatusInternalServerError, Message: words.Message(err)}
	if status, ok := briefStatuses[masar.ErrorCode(err)]; ok {
		shown.Status = status
	}
	h.failed(w, a, shown)
}

func (v *briefView) exists() bool { return len(v.made.Texts) > 0 }

func (v *briefView) head(a address) head {
	h := head{
		Title:  say("page.brief.title", masar.Args{"title": v.made.Texts[0].Title}),
		Crumbs: []link{v.subject(a)},
	}
	if v.made.To == nil {
		h.Of = &EntityHeading{Kind: v.made.Subject.Kind, Code: v.made.Subject.Code}
	}
	return h
}

// subject leads to the page of what the brief is about.
func (v *briefView) subject(a address) link {
	if v.made.To != nil {
		return link{Path: withQuery("/paths", v.request.Ends()), Phrase: say("page.menu.paths", nil)}
	}
	subject := v.made.Subject
	title := LocalizedText{Value: subject.Title[a.lang], Lang: string(a.lang), Dir: string(a.lang.Direction())}
	return link{Path: pathOf(subject.Kind, subject.Code), Text: &title}
}

// briefFile is a form of a brief, with its address.
type briefFile struct {
	Form    brief.Form
	Address string
}

// Files are the forms of the brief in its language.
func (v *briefView) Files() []briefFile { return v.files(v.request) }

// FilesInBoth are the forms of the brief in both languages.
func (v *briefView) FilesInBoth() []briefFile {
	both := v.request
	both.Languages = []masar.Language{masar.Arabic, masar.English}
	return v.files(both)
}

func (v *briefView) files(r brief.Request) []briefFile {
	var files []briefFile
	for _, form := range []brief.Form{brief.FormDOCX, brief.FormPDF, brief.FormHTML, brief.FormJSON} {
		if form != brief.FormPDF || v.PDF {
			files = append(files, briefFile{form, r.File(form)})
		}
	}
	return files
}
