package seed

import (
	"strings"
	"testing"
)

func TestPoint(t *testing.T) {
	const text = "العنوان\nالرسالة الأولى: المهارات.\nالرسالة الثانية: الثقة، ثم الثقة.\n\U0001D11E end"
	words := func(p Pointer) string { return string([]rune(text)[p.Start:p.End]) }
	for _, c := range []struct{ from, to, want, fault string }{
		{from: "الرسالة الأولى", to: "المهارات.", want: "الرسالة الأولى: المهارات."},
		{from: "العنوان", want: "العنوان"},
		{from: "العنوان", to: "العنوان", want: "العنوان"},
		{from: "الأولى: المهارات", to: "المهارات.", want: "الأولى: المهارات."},
		{from: "الأولى: المهارات", to: "الأولى", want: "الأولى: المهارات"},
		{from: "\U0001D11E", to: "end", want: "\U0001D11E end"},
		{from: "ثم الثقة", to: ".\n\U0001D11E", want: "ثم الثقة.\n\U0001D11E"},
		{from: "", to: "end", fault: "the first words are missing"},
		{from: "الثالثة", fault: `the first words "الثالثة" are not in the text`},
		{from: "الرسالة", fault: `the first words "الرسالة" occur 2 times in the text, at rune 8 (line 2), rune 34 (line 3); give more words`},
		{from: "الثانية", to: "الثقة", fault: `the last words "الثقة" occur 2 times in the text, at rune 51 (line 3), rune 61 (line 3); give more words`},
		{from: "الثانية", to: "العنوان", fault: `the last words "العنوان" occur only before the first words, at rune 0 (line 1)`},
		{from: "العنوان", to: "الثالثة", fault: `the last words "الثالثة" are not in the text`},
		{from: "\xd8", fault: `the first words "\xd8" are not in UTF-8`},
	} {
		got, err := Point(text, c.from, c.to)
		switch {
		case c.fault != "":
			if err == nil || err.Error() != c.fault {
				t.Errorf("%q to %q: error %v, want %s", c.from, c.to, err, c.fault)
			}
		case err != nil:
			t.Errorf("%q to %q: %v", c.from, c.to, err)
		case words(got) != c.want || got.SHA256 != sum(c.want):
			t.Errorf("%q to %q: %+v, which is %q, not %q", c.from, c.to, got, words(got), c.want)
		}
	}
	if _, err := Point(strings.Repeat("aa ", 10), "a", ""); err == nil || !strings.Contains(err.Error(), "20 times") || !strings.Contains(err.Error(), "and 15 more") {
		t.Errorf("twenty times: %v", err)
	}
	if _, err := Point("aaa", "aa", ""); err == nil {
		t.Error("overlapping occurrences count as one")
	}
}

func TestVersion(t *testing.T) {
	v := Version("الثقة")
	if v.Length != 5 || v.SHA256 != sum("الثقة") || len(v.SHA256) != 64 {
		t.Errorf("%+v", v)
	}
}
