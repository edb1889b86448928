import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { WinRMError } from '../winrm-error.ts'
import { DEPTH_LIMIT, deepText, ELEMENT_LIMIT, readXml } from './element.ts'
import { ENVELOPE_SIZE, escapeXml, writeEnvelope } from './envelope.ts'
import { isGone, isTimedOut, readReply } from './reply.ts'

const S = 'http://www.w3.org/2003/05/soap-envelope'

function reply(body: string): string {
  return `<e:Envelope xmlns:e="${S}"><e:Header/><e:Body>${body}</e:Body></e:Envelope>`
}

function errorOf(run: () => unknown): WinRMError {
  try {
    run()
  } catch (error) {
    expect(error).toBeInstanceOf(WinRMError)
    return error as WinRMError
  }
  throw new Error('There was no error')
}

function fault(code: number, reason: string, message = reason): string {
  return reply(
    `<e:Fault><e:Code><e:Value>e:Receiver</e:Value><e:Subcode><e:Value>w:TimedOut</e:Value></e:Subcode></e:Code><e:Reason><e:Text xml:lang="en-US">${reason}</e:Text></e:Reason><e:Detail><f:WSManFault xmlns:f="http://schemas.microsoft.com/wbem/wsman/1/wsmanfault" Code="${code}" Machine="127.0.0.1"><f:Message>${message}</f:Message></f:WSManFault></e:Detail></e:Fault>`,
  )
}

describe('a fault', () => {
  test('is told in its own words, with its number', () => {
    const error = errorOf(() => readReply(fault(2150858778, 'The specified class\n   does not exist. ')))
    expect(error.message).toBe('WinRM refused: The specified class does not exist. (fault 2150858778)')
    expect(error.fault).toEqual({ code: 2150858778, subcode: 'TimedOut' })
  })

  test('of a provider is told by what lies within', () => {
    const inner =
      '<f:ProviderFault><f:WSManFault Code="5"><f:Message>Access to the registry key is denied here.</f:Message></f:WSManFault></f:ProviderFault>'
    const error = errorOf(() => readReply(fault(2147942405, 'Denied.', inner)))
    expect(error.message).toBe('WinRM refused: Access to the registry key is denied here. (fault 5)')
  })

  test('without a word is told as one', () => {
    expect(errorOf(() => readReply(reply('<e:Fault/>'))).message).toBe('WinRM refused: it does not say why')
  })

  test('may say that nothing happened yet', () => {
    expect(isTimedOut(errorOf(() => readReply(fault(2150858793, 'Time is up'))))).toBe(true)
    expect(isTimedOut(new Error('Time is up'))).toBe(false)
  })

  test.each([2150858843, 2147943418, 2147943395])('%i says that the shell is gone', (code) => {
    expect(isGone(errorOf(() => readReply(fault(code, 'Gone'))))).toBe(true)
  })
})

test.each([
  '',
  'Not Found',
  '<html><body>Hello</body></html>',
  '<Envelope><Body/></Envelope>',
  `<e:Envelope xmlns:e="${S}"/>`,
  '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>',
  `${'<a>'.repeat(DEPTH_LIMIT + 1)}${'</a>'.repeat(DEPTH_LIMIT + 1)}`,
  `<a>${'<b/>'.repeat(ELEMENT_LIMIT)}</a>`,
])('"%.40s" is no answer', (text) => {
  expect(errorOf(() => readReply(text)).code).toBe('protocol')
})

test('hostile text is refused or read', () => {
  const piece = fc.constantFrom(
    '<',
    '>',
    '</',
    '/>',
    '<e:Body>',
    '</e:Body>',
    '<![CDATA[',
    ']]>',
    '<!--',
    '-->',
    '<?',
    '?>',
    '&#0;',
    '&#x10ffff;',
    '&amp;',
    '"',
    "'",
    '=',
    ' x:y="z"',
    'xmlns:e="u"',
    '\0',
    '\ud800',
    'ü',
  )
  const text = fc.oneof(
    fc.string(),
    fc.array(piece, { maxLength: 30 }).map((pieces) => pieces.join('')),
    fc
      .tuple(fc.nat(300), piece)
      .map(([at, cut]) => fault(1, 'x').slice(0, at) + cut + fault(1, 'x').slice(at)),
  )
  fc.assert(
    fc.property(text, (xml) => {
      try {
        readReply(xml)
      } catch (error) {
        expect(error).toBeInstanceOf(WinRMError)
      }
    }),
  )
})

describe('an envelope', () => {
  const request = {
    to: 'http://[::1]:5985/wsman',
    action: 'urn:a',
    messageId: 'ID',
    timeout: 60,
    body: '<b/>',
  }

  test('is well-formed and names what it is about', () => {
    const xml = writeEnvelope({ ...request, shellId: 'S&1', options: { NAME: '<v>' } })
    expect(deepText(readXml(xml))).toContain(`http://[::1]:5985/wsman`)
    expect(deepText(readXml(xml))).toContain(`${ENVELOPE_SIZE} uuid:ID PT60S`)
    expect(deepText(readXml(xml))).toContain('urn:a <v> S&1')
  })

  test('carries any text that XML can', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme' }),
        fc.constantFrom('', '\r\n', '\t', '<&">', ']]>'),
        (text, end) => {
          const plain = (text + end).replace(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, '')
          expect(readXml(`<a b="${escapeXml(plain)}">${escapeXml(plain)}</a>`)).toMatchObject({
            text: plain,
            attributes: new Map([['b', plain]]),
          })
        },
      ),
    )
  })

  test('refuses what XML cannot write', () => {
    expect(() => escapeXml('a\u0007b')).toThrow('WinRM cannot carry the character U+0007')
  })
})
