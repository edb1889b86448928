/** A template, read: text and actions in their order. */
export type Template = readonly Node[]

export type Node =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'output'; readonly pipeline: Pipeline }
  | {
      readonly kind: 'if'
      readonly condition: Pipeline
      readonly whenTrue: Template
      readonly whenFalse: Template
    }

/** Each command's result is the next one's last argument. */
export type Pipeline = readonly Command[]

/** A function with its arguments, or a single value. */
export type Command = readonly Operand[]

export type Operand =
  | { readonly kind: 'literal'; readonly value: string | number | boolean }
  /** `.a.b`; without names the data itself. */
  | { readonly kind: 'field'; readonly names: readonly string[] }
  | { readonly kind: 'function'; readonly name: string }
  | { readonly kind: 'pipeline'; readonly pipeline: Pipeline }
