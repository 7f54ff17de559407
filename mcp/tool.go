package mcp

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"reflect"
	"sort"
	"unicode/utf8"

	"github.com/google/jsonschema-go/jsonschema"
	sdk "github.com/modelcontextprotocol/go-sdk/mcp"

	"masar"
	"masar/words"
)

const (
	// maxAnswer is the maximum number of characters of an answer, as JSON and as text.
	maxAnswer = 24_000
	// maxQuote is the maximum number of characters of a quote.
	maxQuote = 600
	// maxAttempts is how often a call is made if the graph changes between its operations.
	maxAttempts = 3
)

// answer is what every answer of a tool begins with.
type answer struct {
	Snapshot   string `json:"snapshot" jsonschema:"the snapshot of the graph"`
	SnapshotAt string `json:"snapshotAt,omitempty" jsonschema:"the time of the snapshot"`
	AsOf       string `json:"asOf" jsonschema:"the day for which the age of evidence is computed"`
	Truncated  bool   `json:"truncated" jsonschema:"whether the answer was cut because of its size"`
	NextCursor string `json:"nextCursor,omitempty" jsonschema:"the value of after with which the answer goes on; absent at the end"`
	Narrow     string `json:"narrow,omitempty" jsonschema:"how to ask for less"`
}

func (a *answer) head() *answer { return a }

// output is the answer of a tool.
type output interface {
	head() *answer
	// write writes the answer as short text.
	write(*writer)
}

// found is what a tool found. Its items can be cut at the end to fit the size of an answer.
type found[Out output] struct {
	items int
	// first makes the answer with the first n of the items.
	first func(n int) Out
	// after is the cursor with which the answer goes on after n items.
	after func(n int) string
	// more reports that there are more items after these.
	more bool
	// narrow is the key of the advice on how to ask for less.
	narrow string
}

// whole is an answer without items that can be cut.
func whole[Out output](out Out, narrow string) found[Out] {
	return found[Out]{first: func(int) Out { return out }, narrow: narrow}
}

// form is an answer as JSON and as text.
type form struct {
	json []byte
	text string
}

func (f form) fits() bool { return f.size() <= maxAnswer }

func (f form) size() int { return max(utf8.RuneCount(f.json), utf8.RuneCountInString(f.text)) }

// fit writes as many of the items as fit.
func (f found[Out]) fit(l masar.Language) (form, error) {
	made, err := f.form(f.items, l)
	if err != nil || made.fits() {
		return made, err
	}
	n := sort.Search(f.items, func(i int) bool {
		made, err := f.form(i+1, l)
		return err != nil || !made.fits()
	})
	if n == 0 {
		return form{}, masar.NewError(masar.CodeLimit, "error.assistants.large", masar.Args{"reached": made.size(), "allowed": maxAnswer, "narrow": masar.Phrase{Key: f.narrow}})
	}
	return f.form(n, l)
}

// form writes the answer with the first n items.
func (f found[Out]) form(n int, l masar.Language) (form, error) {
	out := f.first(n)
	head := out.head()
	head.Truncated = n < f.items
	if head.Truncated || f.more {
		head.NextCursor = f.after(n)
	}
	if head.Truncated {
		head.Narrow = words.Say(l, f.narrow, nil)
	}
	emptyLists(reflect.ValueOf(out))
	var text bytes.Buffer
	e := json.NewEncoder(&text)
	e.SetEscapeHTML(false)
	if err := e.Encode(out); err != nil {
		return form{}, err
	}
	w := &writer{language: l}
	out.write(w)
	w.foot(head)
	return form{bytes.TrimSpace(text.Bytes()), w.String()}, nil
}

// emptyLists makes the lists of a value that are nil empty.
func emptyLists(v reflect.Value) {
	switch v.Kind() {
	case reflect.Pointer:
		if !v.IsNil() {
			emptyLists(v.Elem())
		}
	case reflect.Struct:
		for i := range v.NumField() {
			emptyLists(v.Field(i))
		}
	case reflect.Slice:
		if v.Type() == reflect.TypeFor[json.RawMessage]() {
			return
		}
		if v.IsNil() && v.CanSet() {
			v.Set(reflect.MakeSlice(v.Type(), 0, 0))
		}
		for i := range v.Len() {
			emptyLists(v.Index(i))
		}
	}
}

// inLanguage are the arguments of tools whose sentences have a language.
type inLanguage struct {
	Lang string `json:"lang,omitempty" jsonschema:"language of sentences and of the text form: en (default) or ar" enum:"lang"`
}

func (in inLanguage) language() masar.Language {
	if in.Lang == "ar" {
		return masar.Arabic
	}
	return masar.English
}

// languageOf is the language of an answer.
func languageOf(in any) masar.Language {
	if spoken, is := in.(interface{ language() masar.Language }); is {
		return spoken.language()
	}
	return masar.English
}

// add adds a tool to a server of the protocol.
func add[In any, Out output](s *server, to *sdk.Server, name string, use func(*call, In) (found[Out], error)) {
	schema, closed := inputSchema[In](), false
	to.AddTool(&sdk.Tool{
		Name:         name,
		Title:        both("assistants.title." + name),
		Description:  paragraphs("assistants.description." + name),
		Annotations:  &sdk.ToolAnnotations{ReadOnlyHint: true, IdempotentHint: true, OpenWorldHint: &closed},
		InputSchema:  schema,
		OutputSchema: outputSchema[Out](),
	}, func(ctx context.Context, request *sdk.CallToolRequest) (*sdk.CallToolResult, error) {
		var in In
		var made form
		err := readArguments(schema, request.Params.Arguments, &in)
		if err == nil {
			made, err = respond(ctx, s, in, languageOf(in), use)
		}
		s.Called(name, err != nil)
		if err != nil {
			return s.refusalOf(name, err).result(), nil
		}
		return &sdk.CallToolResult{StructuredContent: json.RawMessage(made.json), Content: []sdk.Content{&sdk.TextContent{Text: made.text}}}, nil
	})
}

// outputSchema is the schema of an answer, which is a pointer to a struct.
func outputSchema[Out output]() *jsonschema.Schema {
	made, err := jsonschema.ForType(reflect.TypeFor[Out]().Elem(), &jsonschema.ForOptions{TypeSchemas: map[reflect.Type]*jsonschema.Schema{
		reflect.TypeFor[json.RawMessage](): {Type: "object"},
	}})
	if err != nil {
		panic(err) // the types are in this package
	}
	withoutNull(made)
	return made
}

// respond makes the answer of a tool.
func respond[In any, Out output](ctx context.Context, s *server, in In, l masar.Language, use func(*call, In) (found[Out], error)) (made form, err error) {
	for range maxAttempts {
		err = masar.Guard(func() error {
			f, err := use(&call{server: s, ctx: ctx, base: s.Base(ctx), language: l}, in)
			if err == nil {
				made, err = f.fit(l)
			}
			return err
		})
		if !errors.Is(err, errChanged) {
			break
		}
	}
	return made, err
}
