import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import ajvFormats from 'ajv-formats';
import { type Contract, resolveResponse } from './contract.js';

/** Checks answers against the contract that the server itself serves, references resolved. */
export class ContractValidator {
  private readonly ajv = new Ajv2020({ allErrors: true, strict: false });
  private readonly compiled = new Map<string, ValidateFunction>();

  constructor(private readonly contract: Contract) {
    ajvFormats.default(this.ajv);
    this.ajv.addSchema({ ...contract, $id: 'contract' } as object);
  }

  /** The contract's path for a real one, the most literal where several fit; undefined when the surface has none. */
  pathFor(real: string): string | undefined {
    const fitting = Object.keys(this.contract.paths).filter((path) => patternOf(path).test(real));
    return fitting.sort((a, b) => parametersOf(a) - parametersOf(b))[0];
  }

  /** Faults of an answer: an undeclared status, a wrong body, a body where none may be. */
  faults(method: string, path: string, status: number, contentType: string, text: string): string[] {
    const operation = this.contract.paths[path]?.[method.toLowerCase()];
    if (!operation) return [`${method} ${path} is not in the contract`];
    const declared = operation.responses[String(status)];
    if (!declared) return [`${method} ${path} answers ${status}, which is not in the contract`];
    const response = resolveResponse(this.contract, declared);
    const media = response.content?.['application/json'];
    // A file of whatever type.
    if (response.content?.['*/*']) return [];
    if (!response.content) return text === '' ? [] : [`${method} ${path} ${status} has a body`];
    const [type = ''] = contentType.split(';');
    // Of a text or an event stream the contract says no more than that it is one.
    if (type !== 'application/json' && response.content[type]) return [];
    if (type !== 'application/json') return [`${method} ${path} ${status} is ${contentType}`];
    if (!media) return [`${method} ${path} ${status} has no JSON schema`];
    const validate = this.validator(
      declared.$ref
        ? `${declared.$ref.slice(1)}`
        : pointer('paths', path, method.toLowerCase(), 'responses', String(status)),
    );
    return validate(JSON.parse(text))
      ? []
      : (validate.errors ?? []).map(
          (error) => `${method} ${path} ${status}: ${error.instancePath} ${error.message}`,
        );
  }

  private validator(at: string): ValidateFunction {
    const reference = `contract#${at}/content/application~1json/schema`;
    const known = this.compiled.get(reference);
    if (known) return known;
    const validate = this.ajv.compile({ $ref: reference });
    this.compiled.set(reference, validate);
    return validate;
  }
}

const parametersOf = (path: string): number => path.split('{').length - 1;

const patternOf = (path: string): RegExp => new RegExp(`^${path.replace(/\{[^}]+\}/g, '[^/]+')}$`);

const pointer = (...parts: string[]): string =>
  parts.map((part) => `/${encodeURIComponent(part.replaceAll('~', '~0').replaceAll('/', '~1'))}`).join('');
