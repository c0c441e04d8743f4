import { OwnKeys } from '../../crypto/index.js';
import { TokenForm, TokenValues } from '../../redaction/index.js';
import type { Conversation, ConversationTokens, Resolution, TokenValue } from './conversation.js';

/** Types hold no space. */
const slotOf = ({ type, text }: TokenValue): string => `${type} ${text}`;

/** The tokens of one request, under a key of its own that is gone with it. */
export class PassingConversation implements Conversation {
  readonly id = undefined;
  private readonly key = OwnKeys.newKey();
  private readonly byValue = new Map<string, string>();
  private readonly codes = new Set<string>();

  async issued(): Promise<ReadonlyMap<string, Resolution>> {
    return new Map();
  }

  async tokens(values: readonly TokenValue[]): Promise<ConversationTokens> {
    for (const value of values) this.tokenOf(value);
    return { of: (value) => this.tokenOf(value), prepared: undefined };
  }

  private tokenOf(value: TokenValue): string {
    const slot = slotOf(value);
    const known = this.byValue.get(slot);
    if (known !== undefined) return known;
    const token = TokenForm.formatToken({ type: value.type, code: this.newCode(value) });
    this.byValue.set(slot, token);
    return token;
  }

  /** One that no other value has: of two that are alike the second becomes longer. */
  private newCode(value: TokenValue): string {
    const { identity, spelling } = TokenValues.digestsOf(this.key, value, 0);
    for (let collisions = 0; ; collisions++) {
      const code = TokenForm.codeOf(identity, spelling, collisions);
      if (this.codes.has(code)) continue;
      this.codes.add(code);
      return code;
    }
  }
}
