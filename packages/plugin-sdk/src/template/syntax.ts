/** A template, read: text and actions in their order. */
export type Template = readonly Node[]

export type Node =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'output'; readonly pipeline: Pipeline }
  /** `if` runs its body where the value is something, `with` does so with the value as `.`, `range` for each in it. */
  | {
      readonly kind: 'if' | 'with' | 'range'
      readonly value: Pipeline
      readonly body: Template
      readonly otherwise: Template
    }

/** Each command's result is the next one's last argument. */
export type Pipeline = readonly Command[]

/** A function with its arguments, or a single value. */
export type Command = readonly Operand[]

export type Operand =
  | { readonly kind: 'literal'; readonly value: string | number | boolean }
  /** `.a.b`, or `$.a.b` of all the data; without names the data itself. */
  | { readonly kind: 'field'; readonly names: readonly string[]; readonly ofRoot: boolean }
  | { readonly kind: 'function'; readonly name: string }
  | { readonly kind: 'pipeline'; readonly pipeline: Pipeline }
