package traces

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"strings"
	"sync"
	"time"

	"go.opentelemetry.io/otel"
	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/exporters/otlp/otlptrace/otlptracegrpc"
	"go.opentelemetry.io/otel/exporters/otlp/otlptrace/otlptracehttp"
	"go.opentelemetry.io/otel/exporters/stdout/stdouttrace"
	"go.opentelemetry.io/otel/sdk/resource"
	sdk "go.opentelemetry.io/otel/sdk/trace"
)

// Open returns the spans that the standard variables of OpenTelemetry ask for; nil if they ask for none. OTEL_TRACES_EXPORTER
// names the exporter; without it, an OTEL_EXPORTER_OTLP_ENDPOINT selects otlp. The SDK and the exporters read the other
// variables. Their failures go to the log, at most once a minute, and fail nothing else.
func Open(ctx context.Context, version string, log *slog.Logger) (*Spans, error) {
	otel.SetErrorHandler(&complaints{log: log, every: time.Minute})
	exporter, err := exporterOf(ctx)
	if exporter == nil || err != nil {
		return nil, err
	}
	about, err := resource.New(ctx,
		resource.WithAttributes(attribute.String("service.name", "masar"), attribute.String("service.version", version)),
		resource.WithTelemetrySDK(), resource.WithFromEnv())
	if err != nil {
		return nil, fmt.Errorf("OTEL_RESOURCE_ATTRIBUTES: %w", err)
	}
	provider := sdk.NewTracerProvider(sdk.WithBatcher(exporter), sdk.WithResource(about))
	return &Spans{provider.Tracer("masar"), provider.Shutdown}, nil
}

// exporterOf returns the exporter that the environment asks for; nil if it asks for none.
func exporterOf(ctx context.Context) (sdk.SpanExporter, error) {
	if strings.EqualFold(os.Getenv("OTEL_SDK_DISABLED"), "true") {
		return nil, nil
	}
	name := os.Getenv("OTEL_TRACES_EXPORTER")
	if name == "" && ofTraces("ENDPOINT") != "" {
		name = "otlp"
	}
	switch name {
	case "", "none":
		return nil, nil
	case "console":
		return stdouttrace.New()
	case "otlp":
	default:
		return nil, fmt.Errorf("OTEL_TRACES_EXPORTER %q is unknown: give otlp, console or none", name)
	}
	switch protocol := ofTraces("PROTOCOL"); protocol {
	case "", "http/protobuf":
		return otlptracehttp.New(ctx)
	case "grpc":
		return otlptracegrpc.New(ctx)
	default:
		return nil, fmt.Errorf("OTEL_EXPORTER_OTLP_PROTOCOL %q is not supported: give http/protobuf or grpc", protocol)
	}
}

// ofTraces is a variable of the exporter for traces, or that for all signals.
func ofTraces(name string) string {
	if value := os.Getenv("OTEL_EXPORTER_OTLP_TRACES_" + name); value != "" {
		return value
	}
	return os.Getenv("OTEL_EXPORTER_OTLP_" + name)
}

// complaints writes the failures of OpenTelemetry to the log, at most one in each period.
type complaints struct {
	log   *slog.Logger
	every time.Duration

	mu     sync.Mutex
	last   time.Time
	unsaid int
}

// Handle receives a failure.
func (c *complaints) Handle(err error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if err == nil || errors.Is(err, context.Canceled) {
		return
	}
	if !c.last.IsZero() && time.Since(c.last) < c.every {
		c.unsaid++
		return
	}
	c.log.Warn("traces cannot be exported", "error", err, "unsaid", c.unsaid)
	c.last, c.unsaid = time.Now(), 0
}
