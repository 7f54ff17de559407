package limits

import (
	"masar"
)

// Bound is one of the limits, with what it bounds and how to ask for less.
type Bound struct {
	// Name is what errors call it, in extensions.limit.
	Name string
	// Flag is the flag of masar serve that sets it; empty where none does.
	Flag string
	// Of is its place in Limits.
	Of func(*Limits) *int
	// What is bounded, in the plural, and the Remedy of whoever meets it.
	What, Remedy masar.Message
}

// The remedies that several bounds share.
var (
	splitUp  = masar.Message{EN: "ask for it by several operations", AR: "اطلبه بعدة عمليات"}
	fewer    = masar.Message{EN: "leave some out", AR: "احذف بعضها"}
	shorter  = masar.Message{EN: "shorten it", AR: "اختصره"}
	readFile = masar.Message{EN: "read the schema at /schema.graphql", AR: "اقرأ المخطط من /schema.graphql"}
)

// The bounds.
var (
	tokens = &Bound{"tokens", "max-tokens", func(l *Limits) *int { return &l.Tokens },
		masar.Message{EN: "the words and signs of the document", AR: "كلمات الطلب وعلاماته"}, splitUp}
	depth = &Bound{"depth", "max-depth", func(l *Limits) *int { return &l.Depth },
		masar.Message{EN: "the levels of fields within fields", AR: "مستويات الحقول المتداخلة"},
		masar.Message{EN: "ask for what lies deeper by an operation of its own", AR: "اطلب ما هو أعمق بعملية مستقلة"}}
	introspectionDepth = &Bound{"introspectionDepth", "max-introspection-depth", func(l *Limits) *int { return &l.IntrospectionDepth },
		masar.Message{EN: "the levels of fields within __schema and __type", AR: "مستويات الحقول المتداخلة ضمن __schema و__type"}, readFile}
	introspections = &Bound{"introspections", "", func(l *Limits) *int { return &l.Introspections },
		masar.Message{EN: "the fields __schema and __type", AR: "الحقول __schema و__type"}, readFile}
	aliases = &Bound{"aliases", "max-aliases", func(l *Limits) *int { return &l.Aliases },
		masar.Message{EN: "the fields that are asked for again or by another name", AR: "الحقول المطلوبة أكثر من مرة أو باسم آخر"},
		masar.Message{EN: "ask for several things by a list, or by several operations", AR: "اطلب الأشياء المتعددة بقائمة أو بعدة عمليات"}}
	directives = &Bound{"directives", "max-directives", func(l *Limits) *int { return &l.Directives },
		masar.Message{EN: "the directives of the document", AR: "التوجيهات (directives) في الطلب"}, fewer}
	directivesPerNode = &Bound{"directivesPerNode", "max-directives-per-node", func(l *Limits) *int { return &l.DirectivesPerNode },
		masar.Message{EN: "the directives at one place", AR: "التوجيهات (directives) في الموضع الواحد"}, fewer}
	rootFields = &Bound{"rootFields", "max-root-fields", func(l *Limits) *int { return &l.RootFields },
		masar.Message{EN: "the fields of an operation itself", AR: "الحقول الأولى في العملية"}, splitUp}
	fields = &Bound{"fields", "max-fields", func(l *Limits) *int { return &l.Fields },
		masar.Message{EN: "the fields, those of a fragment wherever it is used", AR: "الحقول، ومنها حقول كل جزء (fragment) حيثما استُخدم"}, splitUp}
	fragments = &Bound{"fragments", "max-fragments", func(l *Limits) *int { return &l.Fragments },
		masar.Message{EN: "the fragments of the document", AR: "الأجزاء (fragments) في الطلب"}, fewer}
	operations = &Bound{"operations", "max-operations", func(l *Limits) *int { return &l.Operations },
		masar.Message{EN: "the operations of the document", AR: "العمليات في الطلب"},
		masar.Message{EN: "send each with what it needs", AR: "أرسل كل عملية مع ما تحتاج إليه"}}
	cost = &Bound{"cost", "max-cost", func(l *Limits) *int { return &l.Cost },
		masar.Message{EN: "the fields of the answer, those of a list once for each item of its page,", AR: "حقول الإجابة، وحقول القائمة محسوبةً لكل عنصر من صفحتها،"},
		masar.Message{EN: "make pages smaller by first, or ask for what lists hold by an operation of its own", AR: "صغّر الصفحات بالوسيط first، أو اطلب ما في القوائم بعملية مستقلة"}}
	values = &Bound{"values", "max-values", func(l *Limits) *int { return &l.Values },
		masar.Message{EN: "the values of arguments and variables", AR: "قيم الوسائط والمتغيّرات"}, splitUp}
	valueDepth = &Bound{"valueDepth", "max-value-depth", func(l *Limits) *int { return &l.ValueDepth },
		masar.Message{EN: "the levels of values within values", AR: "مستويات القيم المتداخلة"},
		masar.Message{EN: "make it flatter", AR: "قلّل التداخل"}}
	listLength = &Bound{"listLength", "max-list-length", func(l *Limits) *int { return &l.ListLength },
		masar.Message{EN: "the items of the list", AR: "عناصر القائمة"}, splitUp}
	textLength = &Bound{"textLength", "max-text-length", func(l *Limits) *int { return &l.TextLength },
		masar.Message{EN: "the characters of the text", AR: "أحرف النص"}, shorter}
	nameLength = &Bound{"nameLength", "max-name-length", func(l *Limits) *int { return &l.NameLength },
		masar.Message{EN: "the characters of a name", AR: "أحرف الاسم"}, shorter}
)

// Bounds lists all bounds, in the order in which they are documented.
var Bounds = []*Bound{
	tokens, depth, introspectionDepth, introspections, aliases, directives, directivesPerNode, rootFields, fields, fragments,
	operations, cost, values, valueDepth, listLength, textLength, nameLength,
}

// past is the error of a document that is past a bound; an argument may be named.
func (b *Bound) past(reached, allowed int, argument string) *masar.Error {
	err := masar.ArgumentErrorf(masar.CodeLimit, argument, "too much is asked for: %s are %d, and at most %d are answered; %s",
		"المطلوب أكثر من المسموح: %s عددها %d، والحد الأقصى %d؛ %s", b.What, reached, allowed, b.Remedy)
	err.Details = map[string]any{"limit": b.Name, "reached": reached, "allowed": allowed}
	return err
}
