import { AwsError } from '../wire/aws-error.ts'

interface Term {
  readonly sign: '' | '-' | '?'
  readonly text: string
}

/**
 * Compiles a filter for unstructured lines: all terms must be in the line, none of those with `-`; of terms with `?`
 * one is enough, and they count only where there are no others. Quotes hold a term with spaces together.
 *
 * @throws AwsError InvalidParameterException for the JSON, column and regular-expression forms, which we have not
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/FilterAndPatternSyntax.html
 */
export function compileFilterPattern(pattern: string): (message: string) => boolean {
  if (/^\s*[{[%]/.test(pattern)) {
    throw new AwsError(
      'InvalidParameterException',
      'Local mode filters by terms only, such as: ERROR -debug "out of memory". Leave out {...}, [...] and %...%.',
    )
  }
  const terms = termsOf(pattern)
  const required = textsOf(terms, '')
  const excluded = textsOf(terms, '-')
  const optional = required.length + excluded.length > 0 ? [] : textsOf(terms, '?')
  return message =>
    required.every(text => message.includes(text)) &&
    !excluded.some(text => message.includes(text)) &&
    (optional.length === 0 || optional.some(text => message.includes(text)))
}

function textsOf(terms: readonly Term[], sign: Term['sign']): readonly string[] {
  return terms.filter(term => term.sign === sign).map(term => term.text)
}

function termsOf(pattern: string): readonly Term[] {
  return [...pattern.matchAll(/([-?]?)(?:"((?:[^"\\]|\\.)*)"|(\S+))/gs)].map(([, sign, quoted, plain]) => ({
    sign: sign as Term['sign'],
    text: quoted === undefined ? (plain ?? '') : quoted.replace(/\\(["\\])/g, '$1'),
  }))
}
