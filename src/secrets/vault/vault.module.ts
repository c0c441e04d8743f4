import { Module } from '@nestjs/common';
import { VariableSealer } from '../variables/variable-sealer.service.js';
import { FingerprintsRepository } from './fingerprints.repository.js';
import { GuessesRepository } from './guesses.repository.js';
import { VaultGuesses } from './guesses.service.js';
import { Vault } from './vault.service.js';
import { VaultFingerprints } from './vault-fingerprints.service.js';
import { VaultsRepository } from './vaults.repository.js';

/** What seals an organization's values, compares them, finds them in texts, and limits guesses at them. */
@Module({
  providers: [
    FingerprintsRepository,
    GuessesRepository,
    VariableSealer,
    Vault,
    VaultFingerprints,
    VaultGuesses,
    VaultsRepository,
  ],
  exports: [VariableSealer, Vault, VaultFingerprints, VaultGuesses],
})
export class VaultModule {}
