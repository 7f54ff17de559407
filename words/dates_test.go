package words_test

import (
	"testing"

	"masar"
	"masar/words"
)

// Catches: a date that sounds more exact than it is, a period without one end, and a wrong name of a month.
func TestDates(t *testing.T) {
	for edtf, want := range map[string]masar.Message{
		"2024":                     {EN: "2024", AR: "2024"},
		"2022-09":                  {EN: "September 2022", AR: "أيلول/سبتمبر 2022"},
		"2024-12-11":               {EN: "11 December 2024", AR: "11 كانون الأول/ديسمبر 2024"},
		"2023-02-09":               {EN: "9 February 2023", AR: "9 شباط/فبراير 2023"},
		"2022~":                    {EN: "about 2022", AR: "نحو 2022"},
		"2022-09?":                 {EN: "September 2022 (uncertain)", AR: "أيلول/سبتمبر 2022 (غير مؤكد)"},
		"2022%":                    {EN: "about 2022 (uncertain)", AR: "نحو 2022 (غير مؤكد)"},
		"2018/2024":                {EN: "2018 to 2024", AR: "من 2018 إلى 2024"},
		"2024-02-28/2024-02-29":    {EN: "28 February 2024 to 29 February 2024", AR: "من 28 شباط/فبراير 2024 إلى 29 شباط/فبراير 2024"},
		"2004/..":                  {EN: "since 2004", AR: "منذ 2004"},
		"../2025-11":               {EN: "until November 2025", AR: "حتى تشرين الثاني/نوفمبر 2025"},
		"[2023-09-13..2024-02-27]": {EN: "between 13 September 2023 and 27 February 2024", AR: "بين 13 أيلول/سبتمبر 2023 و27 شباط/فبراير 2024"},
		"202X":                     {EN: "between 1 January 2020 and 31 December 2029", AR: "بين 1 كانون الثاني/يناير 2020 و31 كانون الأول/ديسمبر 2029"},
		"202X/..":                  {EN: "since 1 January 2020", AR: "منذ 1 كانون الثاني/يناير 2020"},
	} {
		for lang, said := range map[masar.Language]string{masar.English: want.EN, masar.Arabic: want.AR} {
			if got := words.Date(masar.Date{EDTF: edtf}, []masar.Language{lang}).Value; got != said {
				t.Errorf("%s: %q, not %q", edtf, got, said)
			}
		}
	}
}
