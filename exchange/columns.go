package exchange

import (
	"math"
	"net/url"
	"time"

	"masar"
)

// The columns that several datasets share, and the values behind them.

func labels[R any](key string, arabic, english func(R) string) []column[R] {
	return []column[R]{textColumn(key+"Ar", arabic), textColumn(key+"En", english)}
}

// titles are the label columns of an entity.
func titles[R any](key string, entity func(R) masar.Entity) []column[R] {
	in := func(l masar.Language) func(R) string { return func(r R) string { return title(entity(r), l) } }
	return labels(key, in(masar.Arabic), in(masar.English))
}

// title is an entity's name in a language; empty for none.
func title(e masar.Entity, l masar.Language) string {
	if e == nil {
		return ""
	}
	return in(l, e.Head().Titles)
}

// in returns a localized text in just one language; empty where it has none in it.
func in(l masar.Language, w masar.LocalizedText) string {
	if l == masar.Arabic {
		return w.AR.Value
	}
	return w.EN.Value
}

// countryColumns identify the country of a record.
func countryColumns[R any](country func(R) *masar.Country) []column[R] {
	return []column[R]{
		textColumn("iso3", func(r R) string {
			if c := country(r); c != nil {
				return c.Code
			}
			return ""
		}),
		textColumn("m49", func(r R) string {
			if c := country(r); c != nil {
				return c.M49
			}
			return ""
		}),
	}
}

// sdgColumns identify the goal and target of a record.
func sdgColumns[R any](place func(R) Place) []column[R] {
	return []column[R]{
		textColumn("goal", func(r R) string { return place(r).Goal }),
		textColumn("target", func(r R) string { return place(r).Target }),
	}
}

// timeColumn places a record in time.
func timeColumn[R any](key string, value func(R) time.Time) column[R] {
	return anyColumn(key, DateTime, func(r R) any {
		if t := value(r); !t.IsZero() {
			return t
		}
		return nil
	})
}

// urlColumn leads back into the graph: to what GraphQL answers about a node.
func urlColumn[R any](key string, value func(R) string) column[R] {
	return textColumn(key, value).required()
}

// What is asked of a node by the path that leads back to it.
const (
	aboutClaim       = "...on Claim{basis rationale{value}evidence{nodes{stance summary{value}passage{locator document{code}}}}}"
	aboutObservation = "...on Observation{indicator year value unit vintage note{value}source{code url}}"
	aboutEntity      = "...on Entity{kind code title{value}summary{value}claims{totalCount}}"
)

// recordURL is the path at which GraphQL returns fields of a node.
func recordURL(id, about string) string {
	return asked(`{node(id:"` + id + `"){` + about + `}}`)
}

// asked is the path at which GraphQL answers a query.
func asked(query string) string { return "/graphql?query=" + url.QueryEscape(query) }

// earliest is the first day that a document's date can mean; zero if it is open or unknown.
func earliest(d *masar.Document) time.Time {
	first := d.Date.Earliest()
	if first == nil {
		return time.Time{}
	}
	day, _ := time.Parse(time.DateOnly, *first) // as Earliest writes it
	return day
}

// known is a number; nil for one that is not known.
func known(n float64) any {
	if math.IsNaN(n) || math.IsInf(n, 0) {
		return nil
	}
	return n
}

// code is the code of a document; empty for none.
func code(d *masar.Document) string {
	if d == nil {
		return ""
	}
	return d.Code
}

// address is where a document's publisher has it; empty for none.
func address(d *masar.Document) string {
	if d == nil {
		return ""
	}
	return d.URL
}
