import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { RENDER_LIMIT, RENDER_STEPS, renderTemplate } from './render.ts'
import { TemplateError } from './template-error.ts'

const now = new Date('2026-03-07T05:06:09.120Z')

test.each([
  ['plain text', 'plain text'],
  ['{{ user "region" }}-{{ build_name }}', 'eu-1-web'],
  ['{{user `region` | upper}}', 'EU-1'],
  ['{{ upper (user "region") }}', 'EU-1'],
  ['{{ .Path }} and {{ .Deep.Name }}', '/tmp/x and inner'],
  ['{{ "a\\"b" }}{{ `c"d` }}{{ 12 }}{{ true }}', 'a"bc"d12true'],
  [
    '{{ replace "a" "b" 1 "aaa" }} {{ replace "a" "b" -1 "aaa" }} {{ "aaa" | replace_all "a" "c" }}',
    'baa bbb ccc',
  ],
  ['{{ split "a-b-c" "-" 1 }}', 'b'],
  ['{{ printf "%s=%q %%" "k" "v" }}', 'k="v" %'],
  ['{{ isotime }} {{ isotime "20060102-150405" }}', '2026-03-07T05:06:09Z 20260307-050609'],
  ['{{ isotime "Jan _2, 3:04 PM Monday .000" }}', 'Mar  7, 5:06 AM Saturday .120'],
  ['{{ strftime "%Y-%m-%d %H:%M:%S %%" }}', '2026-03-07 05:06:09 %'],
  ['{{ timestamp }}', '1772859969'],
  ['{{ build_type }} {{ packer_version }}', 'tarball-image 1.16.0'],
  ['{{ build `ID` }}', 'i-1'],
  ['a {{- " b" -}} c', 'a bc'],
  ['a{{/* says nothing }} */}}b', 'ab'],
  ['{{ if eq (user "region") "eu-1" }}yes{{ else }}no{{ end }}', 'yes'],
  ['{{ if .Empty }}a{{ else if not .Empty }}b{{ else }}c{{ end }}', 'b'],
  ['{{ user "nested" }}', 'EU'],
  ['{{ range .List }}<{{ . }}{{ $.Path }}>{{ end }}', '<a/tmp/x><b/tmp/x>'],
  ['{{ range .Pairs }}{{ .Name }},{{ end }}', 'one,two,'],
  ['{{ range .Deep }}{{ . }}{{ end }}', 'inner'],
  ['{{ range .Empty }}a{{ else }}b{{ end }}', 'b'],
  ['{{ with .Deep }}{{ .Name }}{{ end }}', 'inner'],
  ['{{ with .Empty }}a{{ else with .Path }}{{ . }}{{ end }}', '/tmp/x'],
  ['{{ index .List 1 }}{{ index .Deep "Name" }}{{ len .List }}{{ len "é" }}', 'binner22'],
  ['}} { {', '}} { {'],
  ['{{ template_dir }}', '/srv/templates'],
])('%s → %s', (template, expected) => {
  expect(renderTemplate(template, context())).toBe(expected)
})

test.each([
  ['{{ user "regoin" }}', 'There is no user variable "regoin"; did you mean "region"?'],
  ['{{ .Pth }}', 'There is no field "Pth"; did you mean "Path"?'],
  ['{{ uper "a" }}', 'There is no function "uper"; did you mean "upper"?'],
  ['{{ env "HOME" }}', 'env may only be used where variables are declared: give the value to a variable'],
  ['{{ build "Host" }}', 'There is no build variable "Host"'],
  ['{{ upper "a" ', '"{{ upper "a" " is not closed: end it with }}'],
  ['{{ % }}', '"{{ % }}" cannot be read at "% }}"'],
  ['{{ if true }}a', '{{ if true }} needs an {{end}}'],
  ['{{ end }}', '{{ end }} ends nothing'],
  ['{{ }}', '{{ }} says nothing to put in its place'],
  ['{{ (upper "a" }}', '{{ (upper "a" }} has a "(" without its ")"'],
  ['{{ range .X }}', '{{ range .X }} needs an {{end}}'],
  ['{{ range .Path }}{{ end }}', 'range cannot go through "/tmp/x"'],
  ['{{ range $x := .List }}{{ end }}', '"{{ range $x := .List }}{{ end }}" cannot be read at "$x := .Lis"'],
  ['{{ define "x" }}', '{{ define "x" }} uses "define", which is not supported here'],
  ['{{ index .List 2 }}', 'There is nothing at 2'],
  ['{{ index .Path 0 }}', '"/tmp/x" is no list or map'],
  ['{{ "a" | .Path }}', '.Path is no function and takes nothing'],
  ['{{ .Deep }}', '{"Name":"inner"} is no text'],
  ['{{ split "a" "-" 4 }}', 'split finds no part 4 in "a"'],
])('%s is refused: %s', (template, message) => {
  expect(() => renderTemplate(template, context())).toThrow(new TemplateError(message))
})

describe('bounds', () => {
  test('a template that makes itself again ends', () => {
    expect(renderTemplate('{{ .Self }}', { data: { Self: 'x{{ .Self }}' } })).toMatch(/^x+\{\{ \.Self \}\}$/)
  })

  test('a template that grows without end is refused', () => {
    const data = { Grow: '{{ .Grow }}{{ .Grow }}'.repeat(400) }
    expect(() => renderTemplate('{{ .Grow }}', { data })).toThrow(`more than ${RENDER_LIMIT} characters`)
  })

  test('loops in loops end', () => {
    const loop = (depth: number): string => `{{ range $.All }}${depth > 0 ? loop(depth - 1) : 'x'}{{ end }}`
    const data = { All: Array.from({ length: 1000 }, () => 'a') }
    expect(() => renderTemplate(loop(5), { data })).toThrow(`more than ${RENDER_STEPS} steps`)
  })

  test('deep nesting is refused', () => {
    const deep = `{{ ${'('.repeat(5000)}1${')'.repeat(5000)} }}`
    expect(() => renderTemplate(deep)).toThrow('nested too deeply')
  })
})

test('any text renders or is refused with a TemplateError', () => {
  const words = fc.constantFrom(
    '{{',
    '}}',
    '-',
    ' ',
    '.a',
    'user',
    '"x"',
    '`',
    '(',
    ')',
    '|',
    'if',
    'with',
    'range',
    '$',
    'else',
    'end',
    '/*',
    '*/',
    '"',
  )
  fc.assert(
    fc.property(
      fc.array(words, { maxLength: 20 }).map((parts) => parts.join('')),
      (template) => {
        try {
          expect(renderTemplate(template)).toBeTypeOf('string')
        } catch (error) {
          expect(error).toBeInstanceOf(TemplateError)
        }
      },
    ),
  )
})

test('a uuid begins with the seconds of its moment', () => {
  expect(renderTemplate('{{ uuid }}', { now })).toMatch(
    /^69abb241-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/,
  )
})

test('functions of a plugin’s own', () => {
  const functions = { clean: (value: unknown) => String(value).replaceAll(' ', '-') }
  expect(renderTemplate('{{ "a b" | clean }}', { functions })).toBe('a-b')
})

function context() {
  return {
    now,
    userVariables: { region: 'eu-1', nested: '{{ "eu" | upper }}' },
    data: {
      Path: '/tmp/x',
      Deep: { Name: 'inner' },
      Empty: '',
      List: ['a', 'b'],
      Pairs: [{ Name: 'one' }, { Name: 'two' }],
    },
    build: { ID: 'i-1' },
    buildName: 'web',
    buildType: 'tarball-image',
    packerVersion: '1.16.0',
    templatePath: '/srv/templates/web.json',
  }
}
