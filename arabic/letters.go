package arabic

import "unicode"

const (
	hamzaAbove = '\u0654' // the mark that a decomposed أ, ؤ or ئ carries
	dropped    = rune(-1)
)

func foldASCII(c byte) rune {
	switch {
	case 'A' <= c && c <= 'Z':
		return rune(c) + ('a' - 'A')
	case c <= ' ' || c == 0x7f:
		return ' '
	}
	return rune(c)
}

// foldRune gives the letter by which a decomposed rune is compared, or dropped.
// Marks are dropped here: vowel signs, shadda, the accents of Latin, and with them the hamza and madda
// over an alef, since NFKD has taken أ, إ and آ apart into ا and its mark.
func foldRune(r rune) rune {
	switch r {
	case 'ـ': // the tatweel only stretches the line: مـــصر
		return dropped
	case 'ى', 'ی', 'ې', 'ے': // alef maqsura and the Persian, Pashto and Urdu yeh: على and علی
		return 'ي'
	case 'ة', 'ہ', 'ھ', 'ۃ', 'ە': // الحاكمية is often typed الحاكميه
		return 'ه'
	case 'ٱ', 'ٲ', 'ٳ': // of the Quran, and the wavy hamzas of Kashmiri, which Arabic keyboards of phones have
		return 'ا'
	case 'ک', 'ڪ', 'ڭ', 'گ': // the Persian kaf, and what Maghreb and Gulf write for a hard g
		return 'ك'
	case 'پ': // letters for foreign sounds, which others write with the nearest Arabic one: ڤيديو, فيديو
		return 'ب'
	case 'چ':
		return 'ج'
	case 'ڤ':
		return 'ف'
	case 'ڨ':
		return 'ق'
	case 'ژ':
		return 'ز'
	case '٫':
		return '.'
	case '٬':
		return ','
	case '٪':
		return '%'
	case '’', '‘', 'ʼ', 'ʻ', 'ʹ', 'ʿ', 'ʾ', '′': // ESCWA’s, and Sanaʿa beside Sana'a
		return '\''
	case '‐', '−':
		return '-'
	case 'ς':
		return 'σ'
	case 'ı':
		return 'i'
	case 'ø', 'Ø':
		return 'o'
	case 'ł', 'Ł':
		return 'l'
	case 'đ', 'Đ', 'ð', 'Ð':
		return 'd'
	case 'ħ', 'Ħ':
		return 'h'
	}
	switch {
	case '٠' <= r && r <= '٩':
		return r - '٠' + '0'
	case '۰' <= r && r <= '۹': // Persian
		return r - '۰' + '0'
	case r < 0x80:
		return foldASCII(byte(r))
	case unicode.In(r, unicode.Mn, unicode.Me, unicode.Cf): // Cf: zero-width joiners, direction marks, soft hyphens
		return dropped
	case unicode.IsSpace(r) || unicode.Is(unicode.Cc, r) || unicode.In(r, unicode.Zl, unicode.Zp):
		return ' '
	}
	return unicode.ToLower(r)
}

// isSeat reports whether a hamza over the letter makes a hamza on its seat, ؤ or ئ. The seat is a matter
// of spelling schools and of the vowel that follows (مسؤول and مسئول, شركاء and شركائها), so that all
// become a bare ء. The alef is not among them: its hamza is left out so often that ا, أ and إ are one.
func isSeat(r rune) bool { return r == 'و' || r == 'ي' }

// script returns the script of a letter; letters of different scripts are different words.
type script int

const (
	none script = iota // what separates words
	arab
	latin // Latin and every other alphabet
	digit
)

func scriptOf(r rune) script {
	switch {
	case 'a' <= r && r <= 'z':
		return latin
	case '0' <= r && r <= '9':
		return digit
	case r < 0x80:
		return none
	case 'ء' <= r && r <= 'ي':
		return arab
	case unicode.IsDigit(r) || unicode.In(r, unicode.Nl, unicode.No):
		return digit
	case unicode.IsLetter(r):
		if unicode.Is(unicode.Arabic, r) {
			return arab
		}
		return latin
	case unicode.Is(unicode.Mc, r): // the vowels of Indic scripts stand inside words
		return latin
	}
	return none
}
