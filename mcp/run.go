package mcp

import (
	"context"
	"io"

	sdk "github.com/modelcontextprotocol/go-sdk/mcp"
)

// maxLine is the maximum length of a message on standard input, in bytes.
const maxLine = 1 << 20

// Run serves one client over two streams, with a message in each line, until the client closes its stream or the context ends.
func Run(ctx context.Context, o Options, in io.ReadCloser, out io.Writer) error {
	return NewServer(o).Run(ctx, &sdk.IOTransport{Reader: in, Writer: stream{out}, MaxLineLength: maxLine})
}

// stream is a stream that stays open when the connection closes.
type stream struct{ io.Writer }

// Close does nothing.
func (stream) Close() error { return nil }
