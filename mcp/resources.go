package mcp

import (
	"context"
	"encoding/json"
	"net/url"
	"strings"

	"github.com/modelcontextprotocol/go-sdk/jsonrpc"
	sdk "github.com/modelcontextprotocol/go-sdk/mcp"

	"masar"
	"masar/examples"
	"masar/words"
)

// The addresses of resources.
const (
	entityTemplate   = "masar://entity/{kind}/{code}"
	documentTemplate = "masar://document/{code}"
	exampleTemplate  = "masar://examples/{name}"
	schemaResource   = "masar://schema"
)

const (
	jsonType    = "application/json"
	graphqlType = "application/graphql"
)

func (s *server) addResources(to *sdk.Server) {
	for _, t := range []struct {
		name, template, mime string
		read                 func(*call, []string) (string, error)
	}{
		{"entity", entityTemplate, jsonType, readEntity},
		{"document", documentTemplate, jsonType, readDocument},
		{"example", exampleTemplate, graphqlType, readExample},
	} {
		to.AddResourceTemplate(&sdk.ResourceTemplate{
			Name: t.name, URITemplate: t.template, MIMEType: t.mime,
			Title: both("assistants.resource.title." + t.name), Description: paragraphs("assistants.resource.description." + t.name),
		}, s.reading(t.name, t.mime, t.read))
	}
	to.AddResource(&sdk.Resource{
		Name: "schema", URI: schemaResource, MIMEType: jsonType,
		Title: both("assistants.resource.title.schema"), Description: paragraphs("assistants.resource.description.schema"),
	}, s.reading("schema", jsonType, readNames))
}

// reading reads a resource by the parts of its address. An error that a client can act on is the text of the protocol's error.
func (s *server) reading(name, mime string, read func(*call, []string) (string, error)) sdk.ResourceHandler {
	return func(ctx context.Context, request *sdk.ReadResourceRequest) (*sdk.ReadResourceResult, error) {
		uri := request.Params.URI
		parts, err := partsOf(uri)
		if err != nil {
			return nil, sdk.ResourceNotFoundError(uri)
		}
		var text string
		err = masar.Guard(func() error {
			text, err = read(&call{server: s, ctx: ctx, base: s.Base(ctx), language: masar.English}, parts)
			return err
		})
		if err != nil {
			return nil, s.refusalOf(name, err).problem(uri)
		}
		return &sdk.ReadResourceResult{Contents: []*sdk.ResourceContents{{URI: uri, MIMEType: mime, Text: text}}}, nil
	}
}

// partsOf are the parts of an address after its kind: EGY of masar://document/EGY.
func partsOf(uri string) ([]string, error) {
	u, err := url.Parse(uri)
	if err != nil {
		return nil, err
	}
	var parts []string
	for part := range strings.SplitSeq(strings.TrimPrefix(u.EscapedPath(), "/"), "/") {
		plain, err := url.PathUnescape(part)
		if err != nil {
			return nil, err
		}
		parts = append(parts, plain)
	}
	return parts, nil
}

// readEntity is the entity as get_entity answers.
func readEntity(c *call, parts []string) (string, error) {
	return textOf(c, getEntity, entityInput{Kind: parts[0], Code: parts[1]})
}

// readNames are the names of all types.
func readNames(c *call, _ []string) (string, error) {
	return textOf(c, getSchema, schemaInput{})
}

// textOf is the answer of a tool as JSON.
func textOf[In any, Out output](c *call, use func(*call, In) (found[Out], error), in In) (string, error) {
	made, err := respond(c.ctx, c.server, in, c.language, use)
	return string(made.json), err
}

type documentOutput struct {
	answer
	Document  thing  `json:"document"`
	Form      string `json:"form"`
	Date      string `json:"date,omitempty"`
	Publisher *thing `json:"publisher,omitempty"`
	Source    string `json:"source,omitempty"`
	Evidence  []item `json:"evidence"`
	More      int    `json:"more,omitempty"`
}

type documentData struct {
	frame
	Document *struct {
		heading
		DocumentForm masar.DocumentForm `json:"documentForm"`
		URL          *string            `json:"url"`
		Date         *labelled          `json:"date"`
		Publisher    *heading           `json:"publisher"`
		Evidence     *struct {
			TotalCount int             `json:"totalCount"`
			Nodes      []citedEvidence `json:"nodes"`
		} `json:"evidence"`
	} `json:"document"`
}

// readDocument is a document with passages that are evidence. More counts those that do not fit.
func readDocument(c *call, parts []string) (string, error) {
	return textOf(c, document, parts[0])
}

func document(c *call, code string) (f found[*documentOutput], err error) {
	var data documentData
	if err := c.run("document", c.inLanguage(map[string]any{"code": code}), &data); err != nil {
		return f, err
	}
	d := data.Document
	if d == nil {
		return f, c.unknown("code", masar.KindDocument, code)
	}
	head := documentOutput{answer: data.frame.answer(), Document: c.thing(d.heading), Form: words.Value(c.language, d.DocumentForm), Source: text(d.URL)}
	if d.Date != nil {
		head.Date = d.Date.Label.Value
	}
	if d.Publisher != nil {
		publisher := c.thing(*d.Publisher)
		head.Publisher = &publisher
	}
	return found[*documentOutput]{
		items: len(d.Evidence.Nodes),
		first: func(n int) *documentOutput {
			out := head
			for _, e := range d.Evidence.Nodes[:n] {
				out.Evidence = append(out.Evidence, c.item(e))
			}
			out.More = d.Evidence.TotalCount - n
			return &out
		},
		after:  func(int) string { return "" }, // a resource has no pages
		narrow: "assistants.narrow.document",
	}, nil
}

// write writes nothing: a resource has no text form.
func (*documentOutput) write(*writer) {}

// exampleNames are the examples by the last part of their names, which no two share.
func exampleNames() (map[string]examples.Operation, error) {
	all, err := examples.All()
	if err != nil {
		return nil, err
	}
	byName := map[string]examples.Operation{}
	for _, e := range all {
		byName[e.Name[strings.LastIndexByte(e.Name, '/')+1:]] = e
	}
	return byName, nil
}

// readExample is the text of an example, which begins with its question and its variables.
func readExample(_ *call, parts []string) (string, error) {
	all, err := exampleNames()
	if err != nil {
		return "", err
	}
	e, known := all[parts[0]]
	if !known {
		return "", nearestName("name", "error.assistants.example", parts[0], all)
	}
	return e.Document, nil
}

// problem is a refusal as an error of the protocol.
func (r refusal) problem(uri string) error {
	data, err := json.Marshal(struct {
		URI string `json:"uri"`
		refusal
	}{uri, r})
	if err != nil {
		panic(err) // a refusal has texts alone
	}
	return &jsonrpc.Error{Code: jsonrpc.CodeInvalidParams, Message: r.Message.EN, Data: data}
}
