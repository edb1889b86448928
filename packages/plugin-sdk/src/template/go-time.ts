const pad = (value: number, width = 2): string => String(value).padStart(width, '0')
const months = 'January February March April May June July August September October November December'.split(
  ' ',
)
const days = 'Sunday Monday Tuesday Wednesday Thursday Friday Saturday'.split(' ')

const parts: Readonly<Record<string, (at: Date) => string>> = {
  January: (at) => months[at.getUTCMonth()]!,
  Jan: (at) => months[at.getUTCMonth()]!.slice(0, 3),
  Monday: (at) => days[at.getUTCDay()]!,
  Mon: (at) => days[at.getUTCDay()]!.slice(0, 3),
  MST: () => 'UTC',
  2006: (at) => pad(at.getUTCFullYear(), 4),
  '06': (at) => pad(at.getUTCFullYear() % 100),
  '01': (at) => pad(at.getUTCMonth() + 1),
  1: (at) => String(at.getUTCMonth() + 1),
  '002': (at) => pad(dayOfYear(at), 3),
  '02': (at) => pad(at.getUTCDate()),
  _2: (at) => String(at.getUTCDate()).padStart(2, ' '),
  2: (at) => String(at.getUTCDate()),
  15: (at) => pad(at.getUTCHours()),
  '03': (at) => pad(at.getUTCHours() % 12 || 12),
  3: (at) => String(at.getUTCHours() % 12 || 12),
  '04': (at) => pad(at.getUTCMinutes()),
  4: (at) => String(at.getUTCMinutes()),
  '05': (at) => pad(at.getUTCSeconds()),
  5: (at) => String(at.getUTCSeconds()),
  PM: (at) => (at.getUTCHours() < 12 ? 'AM' : 'PM'),
  pm: (at) => (at.getUTCHours() < 12 ? 'am' : 'pm'),
  'Z07:00': () => 'Z',
  Z0700: () => 'Z',
  '-07:00': () => '+00:00',
  '-0700': () => '+0000',
  '-07': () => '+00',
}

// The longest writing first, as Go reads them.
const layout =
  /January|Jan|Monday|Mon|MST|2006|Z07:00|Z0700|-07:00|-0700|-07|002|[.,]0{1,9}(?!\d)|01|02|03|04|05|06|_2|15|PM|pm|1|2|3|4|5/g

/** A moment in UTC, written as in Go by the layout `2006-01-02 15:04:05`. */
export function formatGoTime(at: Date, layoutText: string): string {
  return layoutText.replace(layout, (part) => parts[part]?.(at) ?? fraction(at, part))
}

function fraction(at: Date, part: string): string {
  return (
    part[0] +
    pad(at.getUTCMilliseconds(), 3)
      .padEnd(9, '0')
      .slice(0, part.length - 1)
  )
}

const directives: Readonly<Record<string, string>> = {
  a: 'Mon',
  A: 'Monday',
  b: 'Jan',
  B: 'January',
  d: '02',
  e: '_2',
  F: '2006-01-02',
  H: '15',
  I: '03',
  j: '002',
  m: '01',
  M: '04',
  p: 'PM',
  S: '05',
  T: '15:04:05',
  y: '06',
  Y: '2006',
  z: '-0700',
  Z: 'MST',
}

/** A moment in UTC, written by C's `strftime`; an unknown directive stays as it is. */
export function formatStrftime(at: Date, format: string): string {
  return format.replace(/%(.)/g, (whole, letter) => {
    if (letter === '%') return '%'
    const part = directives[letter]
    return part ? formatGoTime(at, part) : whole
  })
}

function dayOfYear(at: Date): number {
  return Math.floor((at.getTime() - Date.UTC(at.getUTCFullYear(), 0, 1)) / 86_400_000) + 1
}
