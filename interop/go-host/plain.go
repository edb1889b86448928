package main

import "fmt"

// plain turns what MessagePack gave into what JSON can write: keys and bytes become strings.
func plain(value any) any {
	switch value := value.(type) {
	case []byte:
		return string(value)
	case []any:
		list := make([]any, len(value))
		for i, each := range value {
			list[i] = plain(each)
		}
		return list
	case map[any]any:
		object := make(map[string]any, len(value))
		for key, each := range value {
			object[fmt.Sprint(plain(key))] = plain(each)
		}
		return object
	case map[string]any:
		object := make(map[string]any, len(value))
		for key, each := range value {
			object[key] = plain(each)
		}
		return object
	default:
		return value
	}
}
