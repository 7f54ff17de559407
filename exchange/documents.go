package exchange

import (
	"slices"
	"time"

	"masar"
)

var documents = define(Dataset{
	Name: "documents", Accepts: []Parameter{ByFilter}, Key: []string{"code"},
}, filtered(Source.Documents), slices.Concat(
	entityColumns(func(d Document) masar.Entity { return d.Document }),
	[]column[Document]{
		enumColumn("document.form", masar.DocumentForms, func(d Document) masar.DocumentForm { return d.Form }).required(),
		textColumn("document.publisher", func(d Document) string {
			if d.Publisher == nil {
				return ""
			}
			return d.Publisher.Code
		}),
	},
	titles("document.publisherLabel", func(d Document) masar.Entity {
		if d.Publisher == nil {
			return nil
		}
		return d.Publisher
	}),
	[]column[Document]{
		textColumn("document.date", func(d Document) string { return d.Date.EDTF }),
		codesColumn("document.languages", func(d Document) []string {
			var all []string
			for _, l := range d.Languages {
				all = append(all, string(l))
			}
			return all
		}).labelled(labelsOf[masar.Language]),
		textColumn("document.family", func(d Document) string { return d.Family }),
		enumColumn("document.evidenceKind", masar.EvidenceKinds, func(d Document) masar.EvidenceKind { return d.EvidenceKind }).required(),
		countColumn("document.imported", func(d Document) int { return d.Imported }),
	},
	countColumns(func(d Document) Counted { return d.Counted }),
	[]column[Document]{
		timeColumn("document.time", func(d Document) time.Time { return earliest(d.Document) }),
		textColumn("document.sourceUrl", func(d Document) string { return d.URL }),
		entityURL(func(d Document) masar.Entity { return d.Document }),
	},
))

// entityColumns identify and describe an entity.
func entityColumns[R any](entity func(R) masar.Entity) []column[R] {
	return slices.Concat(
		[]column[R]{
			textColumn("entity.id", func(r R) string { return entity(r).ID() }).required(),
			textColumn("entity.code", func(r R) string { return entity(r).Head().Code }).required(),
		},
		titles("entity.label", entity),
		texts("entity.summary", func(r R) masar.LocalizedText { return entity(r).Head().Summaries }),
	)
}

// countColumns are the numbers of claims and evidence items of an entity.
func countColumns[R any](counted func(R) Counted) []column[R] {
	return []column[R]{
		countColumn("entity.claims", func(r R) int { return counted(r).Claims }),
		countColumn("entity.evidenceCount", func(r R) int { return counted(r).Evidence }),
	}
}

// entityURL is the column with the permanent path of an entity.
func entityURL[R any](entity func(R) masar.Entity) column[R] {
	return urlColumn("entity.url", func(r R) masar.RecordRef { return entity(r).Head().Identity() })
}
