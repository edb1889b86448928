import { type Duration, formatDuration, parseDuration } from './duration.ts'
import {
  type Defaulted,
  Field,
  type InputOf,
  type Inputs,
  type RequiredNames,
  type Shape,
  type ValueOf,
  type Values,
} from './field.ts'

/** Text. */
export class StringField<Value extends string = string> extends Field<Value, Value> {
  /** Only these are accepted, and the type says so. */
  oneOf<const Option extends string>(...options: readonly Option[]): this & StringField<Option> {
    const isOption = (value: string) => options.some((each) => each === value)
    return this.must(`one of ${options.map(quote).join(', ')}`, isOption, quote) as this & StringField<Option>
  }

  /** Only text that matches is accepted; `says` completes "must be …". */
  pattern(pattern: RegExp, says: string): this {
    // Without the flags that make a pattern remember where it was.
    const stateless = new RegExp(pattern.source, pattern.flags.replace(/[gy]/g, ''))
    return this.must(says, (value) => stateless.test(value), quote)
  }

  /** Number of characters, at least. */
  min(length: number): this {
    return this.must(`at least ${length} characters long`, (value) => value.length >= length)
  }

  /** Number of characters, at most. */
  max(length: number): this {
    return this.must(`at most ${length} characters long`, (value) => value.length <= length)
  }
}

/** A number. */
export class NumberField extends Field<number, number> {
  min(least: number): this {
    return this.must(`at least ${least}`, (value) => value >= least, String)
  }

  max(most: number): this {
    return this.must(`at most ${most}`, (value) => value <= most, String)
  }

  /** Both ends are accepted. */
  between(least: number, most: number): this {
    return this.must(`between ${least} and ${most}`, (value) => value >= least && value <= most, String)
  }

  integer(): this {
    return this.must('a whole number', Number.isInteger, String)
  }
}

/** `true` or `false`. */
export class BooleanField extends Field<boolean, boolean> {}

/** A span of time, written as in Go (`1h30m`); the value is in milliseconds. */
export class DurationField extends Field<number, Duration> {
  min(least: Duration): this {
    return this.between(least, Number.POSITIVE_INFINITY)
  }

  max(most: Duration): this {
    return this.between(Number.NEGATIVE_INFINITY, most)
  }

  /** Both ends are accepted. */
  between(least: Duration, most: Duration): this {
    const [low, high] = [parseDuration(least), parseDuration(most)]
    return this.must(rangeText(low, high), (value) => value >= low && value <= high, formatDuration)
  }
}

function rangeText(low: number, high: number): string {
  if (high === Number.POSITIVE_INFINITY) return `at least ${formatDuration(low)}`
  if (low === Number.NEGATIVE_INFINITY) return `at most ${formatDuration(high)}`
  return `between ${formatDuration(low)} and ${formatDuration(high)}`
}

/** Several values of one kind. */
export class ListField<Element extends Field> extends Field<
  readonly NonNullable<ValueOf<Element>>[],
  readonly InputOf<Element>[]
> {
  /** Number of elements, at least. */
  min(count: number): this {
    return this.must(`a list of at least ${count}`, (value) => value.length >= count)
  }

  /** Number of elements, at most. */
  max(count: number): this {
    return this.must(`a list of at most ${count}`, (value) => value.length <= count)
  }
}

/** Values by name. */
export class MapField<Element extends Field> extends Field<
  Readonly<Record<string, NonNullable<ValueOf<Element>>>>,
  Readonly<Record<string, InputOf<Element>>>
> {
  /**
   * Blocks of this name may give values too, each one: `tag { key = "os", value = "linux" }`. Templates can make
   * such blocks in a loop. `names` are what key and value are called in it.
   */
  orBlocks(block: string, names: { readonly key?: string; readonly value?: string } = {}): this {
    return this.with({ pairs: { block, key: names.key ?? 'key', value: names.value ?? 'value' } })
  }
}

/** A nested block that occurs at most once. */
export class BlockField<S extends Shape> extends Field<Values<S>, Inputs<S>> {}

/** A nested block that may repeat. */
export class BlocksField<S extends Shape> extends Field<readonly Values<S>[], readonly Inputs<S>[]> {
  /**
   * What the blocks are called in templates, where that is not the field's name: `images` may be written as blocks
   * `image { }`, also where there is a field `image` as well, for one.
   */
  writtenAs(blockName: string): this {
    return this.with({ blockName })
  }

  /** Number of blocks, at least. */
  min(count: number): this {
    return this.must(`given at least ${times(count)}`, (value) => value.length >= count)
  }

  /** Number of blocks, at most. */
  max(count: number): this {
    return this.must(`given at most ${times(count)}`, (value) => value.length <= count)
  }
}

/** A block in which nothing is required is always there, with its defaults. */
export type BlockOf<S extends Shape> = [RequiredNames<S>] extends [never]
  ? BlockField<S> & Defaulted
  : BlockField<S>

function times(count: number): string {
  return count === 1 ? 'once' : `${count} times`
}

function quote(text: string): string {
  return `"${text.length > LONGEST_SHOWN ? `${text.slice(0, LONGEST_SHOWN)}…` : text}"`
}

/** How many characters of a refused text a message shows. */
const LONGEST_SHOWN = 80
