package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"reflect"

	"github.com/go-openapi/strfmt"
)

// An answer is what a generated client made of a response.
type answer struct {
	// What was sent: method and target, and the body.
	Request string          `json:"request"`
	Sent    json.RawMessage `json:"sent,omitempty"`
	// What came back, as it came.
	Raw json.RawMessage `json:"raw,omitempty"`
	// What the client decoded, written again from its types.
	Payload any `json:"payload,omitempty"`
	// What the types of the client hold against the payload.
	Invalid string   `json:"invalid,omitempty"`
	Error   *failure `json:"error,omitempty"`
}

// A failure is an error as the client types it.
type failure struct {
	Type    string `json:"type"`
	Text    string `json:"text"`
	Status  int    `json:"status,omitempty"`
	Payload any    `json:"payload,omitempty"`
}

func (s *session) call(next request) (*answer, error) {
	client, known := s.clients[next.Client]
	if !known {
		return nil, fmt.Errorf("there is no client %q", next.Client)
	}
	method := client.MethodByName(next.Operation)
	if !method.IsValid() {
		return nil, fmt.Errorf("%s has no operation %q", next.Client, next.Operation)
	}
	params, err := paramsFor(method.Type().In(0).Elem(), next.Params)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", next.Operation, err)
	}
	results := method.Call([]reflect.Value{params, reflect.Zero(method.Type().In(1))})
	made := &answer{Request: s.recorder.request, Sent: s.recorder.sent, Raw: jsonOrNothing(s.recorder.body)}
	if err, failed := results[1].Interface().(error); failed {
		made.Error = failureOf(err)
		return made, nil
	}
	made.Payload = payloadOf(results[0].Interface())
	made.Invalid = faultOf(made.Payload)
	return made, nil
}

// paramsFor fills an operation's parameters: JSON by the names of the client's fields, and the location where it has one.
func paramsFor(kind reflect.Type, given json.RawMessage) (reflect.Value, error) {
	params := reflect.New(kind)
	for name, value := range location() {
		if field := params.Elem().FieldByName(name); field.IsValid() {
			field.SetString(value)
		}
	}
	decoder := json.NewDecoder(bytes.NewReader(given))
	decoder.DisallowUnknownFields()
	return params, decoder.Decode(params.Interface())
}

func failureOf(err error) *failure {
	kind := reflect.Indirect(reflect.ValueOf(err)).Type().Name()
	made := &failure{Type: kind, Text: err.Error(), Payload: payloadOf(err)}
	if coded, ok := err.(interface{ Code() int }); ok {
		made.Status = coded.Code()
	}
	return made
}

// payloadOf reads what every generated response has under the same name but each in a type of its own.
func payloadOf(response any) any {
	value := reflect.Indirect(reflect.ValueOf(response))
	if value.Kind() != reflect.Struct {
		return nil
	}
	if field := value.FieldByName("Payload"); field.IsValid() && field.CanInterface() {
		return field.Interface()
	}
	return nil
}

func faultOf(payload any) string {
	if checked, ok := payload.(interface{ Validate(strfmt.Registry) error }); ok {
		if err := checked.Validate(strfmt.Default); err != nil {
			return err.Error()
		}
	}
	return ""
}

func jsonOrNothing(body []byte) json.RawMessage {
	if json.Valid(body) {
		return body
	}
	return nil
}
