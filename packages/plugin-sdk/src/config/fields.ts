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
    const says = `one of ${options.map(quote).join(', ')}`
    return this.check(
      (value) => (options.some((each) => each === (value as string)) ? undefined : `must be ${says}`),
      says,
    ) as this & StringField<Option>
  }

  /** Only text that matches is accepted; `says` completes "must be …". */
  pattern(pattern: RegExp, says: string): this {
    const whole = new RegExp(pattern.source, pattern.flags.replace(/[gy]/g, ''))
    return this.check((value) => (whole.test(value) ? undefined : `must be ${says}`), says)
  }

  /** Number of characters, at least. */
  min(length: number): this {
    const says = `at least ${length} characters long`
    return this.check((value) => (value.length >= length ? undefined : `must be ${says}`), says)
  }

  /** Number of characters, at most. */
  max(length: number): this {
    const says = `at most ${length} characters long`
    return this.check((value) => (value.length <= length ? undefined : `must be ${says}`), says)
  }
}

/** A number. */
export class NumberField extends Field<number, number> {
  min(least: number): this {
    const says = `at least ${least}`
    return this.check((value) => (value >= least ? undefined : `must be ${says}, not ${value}`), says)
  }

  max(most: number): this {
    const says = `at most ${most}`
    return this.check((value) => (value <= most ? undefined : `must be ${says}, not ${value}`), says)
  }

  /** Both ends are accepted. */
  between(least: number, most: number): this {
    const says = `between ${least} and ${most}`
    return this.check(
      (value) => (value >= least && value <= most ? undefined : `must be ${says}, not ${value}`),
      says,
    )
  }

  integer(): this {
    const says = 'a whole number'
    return this.check(
      (value) => (Number.isInteger(value) ? undefined : `must be ${says}, not ${value}`),
      says,
    )
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
    const says = rangeText(low, high)
    return this.check(
      (value) =>
        value >= low && value <= high ? undefined : `must be ${says}, not ${formatDuration(value)}`,
      says,
    )
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
    const says = `a list of at least ${count}`
    return this.check((value) => (value.length >= count ? undefined : `must be ${says}`), says)
  }

  /** Number of elements, at most. */
  max(count: number): this {
    const says = `a list of at most ${count}`
    return this.check((value) => (value.length <= count ? undefined : `must be ${says}`), says)
  }
}

/** Values by name. */
export class MapField<Element extends Field> extends Field<
  Readonly<Record<string, NonNullable<ValueOf<Element>>>>,
  Readonly<Record<string, InputOf<Element>>>
> {}

/** A nested block that occurs at most once. */
export class BlockField<S extends Shape> extends Field<Values<S>, Inputs<S>> {}

/** A nested block that may repeat. */
export class BlocksField<S extends Shape> extends Field<readonly Values<S>[], readonly Inputs<S>[]> {
  /** Number of blocks, at least. */
  min(count: number): this {
    const says = `given at least ${times(count)}`
    return this.check((value) => (value.length >= count ? undefined : `must be ${says}`), says)
  }

  /** Number of blocks, at most. */
  max(count: number): this {
    const says = `given at most ${times(count)}`
    return this.check((value) => (value.length <= count ? undefined : `must be ${says}`), says)
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
  return `"${text}"`
}
