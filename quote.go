package masar

import (
	"crypto/sha256"
	"encoding/hex"
)

// Quote cuts the words of a passage out of the version of the text that it points into, and compares them with their
// hash. It answers nil and MISMATCH where they are not the words that were pointed at.
func (p Passage) Quote(text *SourceText) (*Text, QuoteStatus) {
	if text.SHA256 != p.Version {
		return nil, QuoteMismatch
	}
	runes := []rune(text.Text)
	if p.Start < 0 || p.End > len(runes) || p.Start >= p.End {
		return nil, QuoteMismatch
	}
	words := string(runes[p.Start:p.End])
	if sum := sha256.Sum256([]byte(words)); hex.EncodeToString(sum[:]) != p.SHA256 {
		return nil, QuoteMismatch
	}
	return &Text{Value: words, Lang: p.Lang, Origin: OriginSource}, QuoteVerified
}
