/** The form of one issuer's keys: `prefix` is how they begin, `form` the whole, bounded. */
export interface KeyForm {
  readonly issuer: string;
  readonly prefix: string;
  readonly form: RegExp;
}

/** `prefixes issuer form`, where a form ends when no sign of its alphabet follows unless it says otherwise. */
function forms(issuer: string, prefixes: string, form: RegExp): KeyForm[] {
  return prefixes.split(' ').map((prefix) => ({ issuer, prefix, form: new RegExp(form.source, 'y') }));
}

/** As the issuers document them, most for secret scanning (GitHub's partner programme, GitLab's token overview). */
export const KEY_FORMS: readonly KeyForm[] = [
  ...forms('aws', 'AKIA ASIA ABIA ACCA', /[A-Z0-9]{20}(?![A-Za-z0-9])/),
  ...forms('aws-bedrock', 'ABSK', /ABSK[A-Za-z0-9+/]{100,260}={0,2}/),
  ...forms('github', 'ghp_ gho_ ghu_ ghs_ ghr_', /gh._[A-Za-z0-9]{36,255}/),
  ...forms('github', 'github_pat_', /github_pat_[A-Za-z0-9_]{22,255}/),
  ...forms('gitlab', 'glpat-', /glpat-[A-Za-z0-9_.-]{20,250}/),
  ...forms(
    'gitlab',
    'gldt- glrt- glptt- glcbt- glsoat- glft- glimt- glagent- gloas- glffct- glwt-',
    /gl[a-z]{2,5}-[A-Za-z0-9_.-]{20,250}/,
  ),
  ...forms('slack', 'xox', /xox[abceoprs]-[A-Za-z0-9-]{10,250}/),
  ...forms('slack', 'xapp- xwfp-', /x[a-z]{3}-[A-Za-z0-9-]{10,250}/),
  ...forms(
    'stripe-or-redoubt',
    'sk_live_ sk_test_ rk_live_ rk_test_',
    /[rs]k_(?:live|test)_[A-Za-z0-9_-]{10,250}/,
  ),
  ...forms('webhook-secret', 'whsec_', /whsec_[A-Za-z0-9+/=_-]{20,250}/),
  ...forms('google', 'AIza', /AIza[A-Za-z0-9_-]{35}(?![A-Za-z0-9_-])/),
  ...forms('google', 'ya29.', /ya29\.[A-Za-z0-9_.-]{20,512}/),
  ...forms('google', 'GOCSPX-', /GOCSPX-[A-Za-z0-9_-]{28}/),
  ...forms('google', 'GOOG', /GOOG[A-Z0-9]{20,57}(?![A-Za-z0-9])/),
  ...forms('anthropic', 'sk-ant-', /sk-ant-[a-z0-9]{3,10}-[A-Za-z0-9_-]{20,250}/),
  ...forms('openai', 'sk-', /sk-(?:[a-z0-9]{2,12}-)?[A-Za-z0-9_-]{20,250}/),
  ...forms('groq', 'gsk_', /gsk_[A-Za-z0-9]{40,64}/),
  ...forms('xai', 'xai-', /xai-[A-Za-z0-9]{60,100}/),
  ...forms('perplexity', 'pplx-', /pplx-[A-Za-z0-9]{40,64}/),
  ...forms('replicate', 'r8_', /r8_[A-Za-z0-9]{37,40}/),
  ...forms('hugging-face', 'hf_', /hf_[A-Za-z0-9]{30,60}/),
  ...forms('hugging-face', 'api_org_', /api_org_[A-Za-z0-9]{30,60}/),
  ...forms('npm', 'npm_', /npm_[A-Za-z0-9]{36}(?![A-Za-z0-9])/),
  ...forms('pypi', 'pypi-', /pypi-AgE[A-Za-z0-9_-]{40,250}/),
  ...forms('rubygems', 'rubygems_', /rubygems_[a-f0-9]{48}/),
  ...forms('crates', 'cio', /cio[A-Za-z0-9]{32}(?![A-Za-z0-9])/),
  ...forms('docker', 'dckr_pat_ dckr_oat_', /dckr_[po]at_[A-Za-z0-9_-]{27,64}/),
  ...forms('sendgrid', 'SG.', /SG\.[A-Za-z0-9_-]{16,32}\.[A-Za-z0-9_-]{16,64}/),
  ...forms('twilio', 'SK AC', /(?:SK|AC)[0-9a-f]{32}(?![A-Za-z0-9])/),
  ...forms('mailgun', 'key-', /key-[0-9a-f]{32}(?![A-Za-z0-9])/),
  ...forms('brevo', 'xkeysib- xsmtpsib-', /x(?:key|smtp)sib-[a-f0-9]{64}-[A-Za-z0-9]{16}/),
  ...forms('digitalocean', 'dop_v1_ doo_v1_ dor_v1_', /do._v1_[a-f0-9]{64}/),
  ...forms('shopify', 'shpat_ shpca_ shppa_ shpss_', /shp.{2}_[a-fA-F0-9]{32}/),
  ...forms('square', 'sq0', /sq0[a-z]{3}-[A-Za-z0-9_-]{22,43}/),
  ...forms('square', 'EAAA', /EAAA[A-Za-z0-9_-]{60}(?![A-Za-z0-9_-])/),
  ...forms('databricks', 'dapi', /dapi[0-9a-f]{32}(?:-\d)?(?![A-Za-z0-9])/),
  ...forms('grafana', 'glsa_', /glsa_[A-Za-z0-9]{32}_[A-Fa-f0-9]{8}/),
  ...forms('grafana', 'glc_', /glc_[A-Za-z0-9+/]{32,400}={0,2}/),
  ...forms('vault', 'hvs. hvb. hvr.', /hv[sbr]\.[A-Za-z0-9_-]{20,250}/),
  ...forms('terraform', 'atlasv1.', /atlasv1\.[A-Za-z0-9_-]{20,120}/),
  ...forms('age', 'AGE-SECRET-KEY-', /AGE-SECRET-KEY-1[A-Z0-9]{58}/),
  ...forms('atlassian', 'ATATT3 ATCTT3', /AT[AC]TT3[A-Za-z0-9_=-]{60,250}/),
  ...forms('linear', 'lin_api_', /lin_api_[A-Za-z0-9]{32,64}/),
  ...forms('notion', 'ntn_', /ntn_[A-Za-z0-9]{40,60}/),
  ...forms('figma', 'figd_', /figd_[A-Za-z0-9_-]{40,60}/),
  ...forms('postman', 'PMAK-', /PMAK-[A-Za-z0-9]{20,30}-[A-Za-z0-9]{30,40}/),
  ...forms('supabase', 'sbp_', /sbp_[a-f0-9]{40}/),
  ...forms('new-relic', 'NRAK-', /NRAK-[A-Z0-9]{27}/),
  ...forms('sentry', 'sntrys_', /sntrys_[A-Za-z0-9+/=_]{40,400}/),
  ...forms('doppler', 'dp.pt. dp.st. dp.ct.', /dp\.[psc]t\.[A-Za-z0-9._-]{40,80}/),
  ...forms('pulumi', 'pul-', /pul-[a-f0-9]{40}/),
  ...forms('planetscale', 'pscale_', /pscale_(?:tkn|pw|oauth)_[A-Za-z0-9_.=-]{32,64}/),
  ...forms('fly', 'fo1_', /fo1_[A-Za-z0-9_-]{43}/),
  ...forms('tailscale', 'tskey-', /tskey-[a-z]+-[A-Za-z0-9-]{20,80}/),
  ...forms('adafruit', 'aio_', /aio_[A-Za-z0-9]{28}(?![A-Za-z0-9])/),
  ...forms('typeform', 'tfp_', /tfp_[A-Za-z0-9_.=-]{40,80}/),
  ...forms('azure-devops', 'azd', /azd[A-Za-z0-9]{70,84}(?![A-Za-z0-9])/),
];
