package exchange

import (
	"math"
	"net/url"
	"slices"
	"strings"
	"time"

	"masar"
)

// The columns that several datasets share, and the values behind them.

func labels[R any](arabic, english func(R) string, what, whatAr string) []column[R] {
	return []column[R]{
		textColumn("labelAr", both("Label in Arabic", "التسمية بالعربية"), both(what+", in Arabic.", whatAr+" بالعربية."), arabic),
		textColumn("labelEn", both("Label in English", "التسمية بالإنجليزية"), both(what+", in English.", whatAr+" بالإنجليزية."), english),
	}
}

// titles are the label columns of an entity.
func titles[R any](entity func(R) masar.Entity, what, whatAr string) []column[R] {
	in := func(l masar.Language) func(R) string { return func(r R) string { return title(entity(r), l) } }
	return labels(in(masar.Arabic), in(masar.English), what, whatAr)
}

// named gives columns a common beginning of their names: subject and code make subjectCode.
func named[R any](prefix string, columns []column[R]) []column[R] {
	columns = slices.Clone(columns)
	for i, c := range columns {
		columns[i].Name = prefix + strings.ToUpper(c.Name[:1]) + c.Name[1:]
	}
	return columns
}

// title is an entity's name in a language; empty for none.
func title(e masar.Entity, l masar.Language) string {
	if e == nil {
		return ""
	}
	return in(l, e.Head().Titles)
}

// in is a wording in just one language; empty where it is not said in it.
func in(l masar.Language, w masar.Wording) string {
	if l == masar.Arabic {
		return w.AR.Value
	}
	return w.EN.Value
}

// countryColumns tell the country that a record is of.
func countryColumns[R any](country func(R) *masar.Country) []column[R] {
	return []column[R]{
		textColumn("iso3", both("Country, ISO 3166-1 alpha-3", "البلد برمز ISO 3166-1 الثلاثي"),
			both("The country that the row is of; empty where it is of none.", "البلد الذي يخصه الصف؛ فارغ إن لم يخص بلداً."),
			func(r R) string {
				if c := country(r); c != nil {
					return c.Code
				}
				return ""
			}),
		textColumn("m49", both("Country, UN M49", "البلد برمز الأمم المتحدة M49"),
			both("The same country by its three digits in the UN's standard M49, as text, for some begin with 0.", "البلد نفسه بأرقامه الثلاثة في معيار الأمم المتحدة M49، نصاً لأن بعضها يبدأ بصفر."),
			func(r R) string {
				if c := country(r); c != nil {
					return c.M49
				}
				return ""
			}),
	}
}

// sdgColumns tell the goal and target that a record is about.
func sdgColumns[R any](place func(R) Place) []column[R] {
	return []column[R]{
		textColumn("goal", both("SDG", "هدف التنمية المستدامة"),
			both("The code of the Sustainable Development Goal that the row is about, or that its target belongs to; empty where it is about none.",
				"رمز هدف التنمية المستدامة الذي يتناوله الصف أو الذي تنتمي إليه غايته؛ فارغ إن لم يتناول هدفاً."),
			func(r R) string { return place(r).Goal }),
		textColumn("target", both("SDG target", "غاية من غايات التنمية المستدامة"),
			both("The code of the SDG target that the row is about, as text: 16.1 is not 16.10. Empty where it is about a goal as a whole, or about none.",
				"رمز غاية التنمية المستدامة التي يتناولها الصف، نصاً: 16.1 غير 16.10. فارغ إن تناول هدفاً بأكمله أو لم يتناول أياً منها."),
			func(r R) string { return place(r).Target }),
	}
}

// timeColumn places a record in time.
func timeColumn[R any](what, whatAr string, value func(R) time.Time) column[R] {
	return anyColumn("time", DateTime, both("Time", "الزمن"),
		both(what+" RFC 3339, at midnight UTC.", whatAr+" بصيغة RFC 3339، عند منتصف الليل بالتوقيت العالمي."), func(r R) any {
			if t := value(r); !t.IsZero() {
				return t
			}
			return nil
		})
}

// urlColumn leads back into the graph: to what GraphQL tells of a node.
func urlColumn[R any](what, whatAr string, value func(R) string) column[R] {
	return textColumn("url", both("Address in this service", "العنوان في هذه الخدمة"),
		both("Where this service tells "+what+", as JSON: a path to be put behind its address.", "حيث تروي هذه الخدمة "+whatAr+" بصيغة JSON: مسار يوضع بعد عنوانها."), value).required()
}

// sourceColumn leads to the publisher of what a record rests on.
func sourceColumn[R any](what, whatAr string, value func(R) string) column[R] {
	return textColumn("sourceUrl", both("Address of the source", "عنوان المصدر"),
		both(what+"; empty where no address is known.", whatAr+"؛ فارغ إن لم يُعرف عنوان."), value)
}

// What is asked of a node by the path that leads back to it.
const (
	aboutClaim       = "...on Claim{basis rationale{value}evidence{nodes{stance summary{value}passage{locator document{code}}}}}"
	aboutObservation = "...on Observation{indicator year value unit vintage note{value}source{code url}}"
	aboutEntity      = "...on Entity{kind code title{value}summary{value}claims{totalCount}}"
)

// tell is the path at which GraphQL tells something of a node.
func tell(id, about string) string {
	return asked(`{node(id:"` + id + `"){` + about + `}}`)
}

// asked is the path at which GraphQL answers a query.
func asked(query string) string { return "/graphql?query=" + url.QueryEscape(query) }

// evidenceCount tells on how much a row rests.
func evidenceCount[R any](what, whatAr string, value func(R) int) column[R] {
	return countColumn("evidenceCount", both("Pieces of evidence", "عدد الأدلة"), both(what, whatAr), value)
}

// idColumn is the global id of a node of the graph.
func idColumn[R any](name, what, whatAr string, value func(R) string) column[R] {
	return textColumn(name, both("Id", "المعرّف"), both(what+" Stable; node(id:) in GraphQL leads to it.", whatAr+" ثابت، ويقود إليه node(id:) في GraphQL."), value)
}

// earliest is the first day that a document's date can mean; zero where it is open or unknown.
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
