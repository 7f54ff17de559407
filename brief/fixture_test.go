package brief

import "masar"

// fixture is a brief with everything that a brief can have: tables, lists, citations, links, quotations in both languages,
// both scripts in one paragraph, and characters that XML forbids.
func fixture(languages ...masar.Language) Brief {
	b := Brief{
		Subject: Subject{Kind: masar.KindSdgTarget, Code: "16.6"}, Country: &Subject{Kind: masar.KindCountry, Code: "EGY"},
		Sources: fixtureSources(), Snapshot: "7", AsOf: "2026-11-28", Profile: "1.0", Permalink: "https://masar.example.org/ar/briefs/targets/16.6?country=EGY",
	}
	texts := map[masar.Language]Text{masar.Arabic: fixtureArabic(), masar.English: fixtureEnglish()}
	for _, l := range languages {
		b.Texts = append(b.Texts, texts[l])
	}
	return b
}

func fixtureArabic() Text {
	return Text{
		Language: masar.Arabic, Title: "موجز سياسات: الغاية 16-6، مصر", Date: "28 تشرين الثاني/نوفمبر 2026",
		Sections: []Section{
			{Blocks: []Block{{Paragraph: Paragraph{{Text: "توصيتان لهذه الغاية، "}, {Text: "يقين منخفض", Strong: true}, {Text: " ("}, {Cites: []int{1, 2}}, {Text: ")."}}}}},
			{Heading: "التوصيات", Blocks: []Block{
				{List: []Paragraph{
					{{Text: "مؤشر \u2068GovTech Maturity Index (2022)\u2069، وفق OECD 2020 <و> & غيره ثقةً"}, {Cites: []int{2}}},
					{{Text: "بند ثانٍ، انظر "}, {Text: "https://example.org/a?b=1&c=2", Address: "https://example.org/a?b=1&c=2", Language: masar.English}},
				}},
				{Table: &Table{Caption: "جدول «التوصيات»", Columns: []string{"التوصية", "اليقين"}, Rows: [][]Paragraph{
					{{{Text: "توصية طويلة الاسم من أجل مؤسسات شفافة"}}, {{Text: "منخفض", Strong: true}}},
					{{{Text: "Open data", Language: masar.English}}, {{Text: "–"}}},
				}}},
			}},
		},
		Annex:  []Section{{Heading: "كيف تُقرأ درجات اليقين", Blocks: []Block{{List: []Paragraph{{{Text: "مرتفع: أدلة كثيرة."}}}}}}},
		Footer: []Paragraph{{{Text: "مسار، اللقطة 7."}}, {{Text: "العنوان الدائم: "}, {Text: "/ar/briefs/targets/16.6", Address: "/ar/briefs/targets/16.6", Language: masar.English}}},
	}
}

func fixtureEnglish() Text {
	return Text{
		Language: masar.English, Title: "Policy brief: target 16.6, Egypt", Date: "28 November 2026",
		Sections: []Section{
			{Blocks: []Block{{Paragraph: Paragraph{{Text: "Two recommendations, "}, {Text: "low certainty", Strong: true}, {Text: " "}, {Cites: []int{1, 2}}, {Text: "."}}}}},
			{Heading: "What is recommended", Blocks: []Block{
				{List: []Paragraph{{{Text: "The word «مسار» (path) \x00\x0b\ufffe here"}, {Cites: []int{2}}}}},
				{Table: &Table{Caption: "Table", Columns: []string{"A", "B", "C"}, Rows: [][]Paragraph{{{{Text: "1"}}, {{Text: "2"}}, nil}}}},
			}},
		},
		Annex:  []Section{{Heading: "How to read certainty", Blocks: []Block{{Paragraph: Paragraph{{Text: "High: much evidence."}}}}}},
		Footer: []Paragraph{{{Text: "Masar, snapshot 7."}}},
	}
}

func fixtureSources() []Source {
	return []Source{
		{
			Number: 1, Title: Bilingual{masar.Arabic: "تقرير التنمية", masar.English: "Development report"},
			Publisher: &Bilingual{masar.Arabic: "الإسكوا", masar.English: "ESCWA"}, Date: &Bilingual{masar.Arabic: "2020", masar.English: "2020"},
			Place: Bilingual{masar.Arabic: "الصفحة 3", masar.English: "page 3"}, Summary: Bilingual{masar.Arabic: "ملخص.", masar.English: "A summary."},
			Address: "https://example.org/تقرير?x=1&y=2 3", Quotation: &Run{Text: "Trust in public institutions (2020).", Language: masar.English}, Claims: []string{"a"},
		},
		{
			Number: 2, Title: Bilingual{masar.Arabic: "GovTech in practice", masar.English: "GovTech in practice"},
			Place:    Bilingual{masar.Arabic: "الصفحة 4", masar.English: "page 4"},
			Withheld: &Bilingual{masar.Arabic: "لا يظهر الاقتباس.", masar.English: "The quotation is not shown."}, Claims: []string{"b"},
		},
	}
}
