import type { Failure } from './verdict.ts'

/* What a server's words speak for. */

const hardWords = [
  /\b(user|recipient|addressee|mailbox|address|account|host)( name)?( is)? unknown\b/,
  /\b(unknown|invalid|non-?existent|no such|bad destination) (local )?(user|recipient|mailbox|address|account|person|domain|local[- ]part|host)\b/,
  /\b(user|recipient|rcpt|mailbox|address|account|domain|host)( name)?( [^\s]+@[^\s]+| <[^>]*>| you (tried|are trying) to (reach|contact))? (does not|doesn't|do not|did not) exist\b/,
  /\b(email account|account) that you tried to reach (does not exist|is (disabled|inactive))/,
  /\b(user|recipient|mailbox|address|account|domain)( name)?( [^\s]+@[^\s]+)? (was |is )?(not found|not known|not valid|no longer (valid|in use|active|available|exists?))\b/,
  /\bnot (a (valid|known|local) (user|recipient|mailbox|address|account)|our customer)\b/,
  /\bno (such )?(mailbox|account|user) (here )?(by|with|for|of) that name\b|\bno mailbox (here|available)\b|\bno (mailbox|account|user|recipient|address)( was)? found\b/,
  /\b(does not|doesn't) (have|like) (a |an )?([\w.-]+ )?(account|mailbox)\b/,
  /\b(account|domain|user|address) (or (account|domain|user|address) )?may not exist\b/,
  /\b(account|mailbox|user)( has been| is| was)?( currently)? (disabled|discontinued|deactivated|closed|deleted|terminated|suspended)\b/,
  /\b(disabled|discontinued|deactivated|closed|deleted) (account|mailbox|user)\b/,
  /\bmailbox( [^\s]+@[^\s]+)? (is )?(unavailable|not available)\b/,
  /\bunrouteable (mail )?(address|domain)\b/,
  /\b(host|domain)( or domain)?( name)? not found\b|\bcouldn't find any host named\b|\bno such domain\b|\bnull ?mx\b|\bnxdomain\b|\bno mx records? (was |were )?found for (the )?domain\b/,
  /\brecipientnotfound\b|recipnotfound\b|\bdomain does not exist\b/,
  /\bnot listed in ([a-z]+ directory|public name & address book|the directory)\b|\badministrativ(e|e?ly|ley) disabled\b|\baccountdisabledexception\b/,
  /\b(user|recipient|mailbox|account) has moved\b|\b(does not|doesn't) receive (e-?)?mail\b|\baddress is not configured to receive\b/,
  /\b(unknown|no such|illegal) (or illegal )?(alias|user|recipient)\b|\b(user|recipient|address) no longer (here|on (this )?server)\b/,
  /\b(address|user|recipient|mailbox) (could not|couldn't|cannot|can't) be found\b/,
  /\b(address|mailbox|account) no longer accepts (e-?)?mail\b|\bindicated no smtp service\b/,
  /\ball relevant mx records point to non-existent hosts\b/,
]
const softWords = [
  /\b(over|exceed(s|ed|ing)?|out of) (the |its |their |his |allowed |mailbox |disk |storage )*(quota|storage|allocation|space)\b|\bquota (is )?(full|exceeded)\b|\bover ?quota\b|\b(disk|mail|mailbox|storage) quota\b/,
  /\b(mailbox|inbox|mail ?folder)( [^\s]+@[^\s]+| for [^\s]+)? (is |was )?(full|over)\b|\bmailbox size limit\b/,
  /\binsufficient (system |disk )*(storage|space|resources)\b|\bno space left\b/,
  /\ball hosts (for [^\s]+ )?have been failing for a long time\b/,
  /\bretry (timeout|time) (exceeded|not reached)\b|\bretry timeout\b/,
  /\bconnection (timed out|refused|reset|lost)\b|\boperation timed out\b|\blost connection\b/,
  /\bin the queue too long\b|\bdelivery time expired\b|\bmessage expired\b/,
  /\btemporar(y|ily)\b|\btry (again )?later\b|\bgr[ae]y-?list|\btoo many hops\b|\bhost not found,? try again\b|\bafter multiple retries\b|\bserver (is )?(too )?busy\b/,
  /\bdid not accept our requests to connect\b/,
  /\btoo many (connections|messages|recipients)\b|\brate limit|\btoo (quickly|fast)\b|\breceiving mail at a rate\b/,
]
const policyWords = [
  /\bspam\b|\bunsolicited\b|\bspamhaus\b|\bdnsbl\b|\brbl\b|\bjunk\b|\bvirus\b|\bmalware\b/,
  /\bblock(ed|ing)\b|\b(black|block) ?-?list(ed)?\b|\breputation\b/,
  /\badministrative prohibition\b|\bpolicy\b|\bpolicies\b|\bspf\b|\bdkim\b|\bdmarc\b|\bunauthenticated\b/,
  /\baccess denied\b|\brelay(ing)? (access |is )?(denied|not permitted|not allowed|prohibited)\b|\bunable to relay\b|\bwe do not relay\b/,
  /\b(not authori[sz]ed|not permitted|not allowed) to send\b|\bsender verif(y|ication)\b|\bsender (address )?(was |is )?(rejected|denied|blocked)\b/,
  /\b(mail|message) size (limit|(was |is )?exceeded)\b|\bexceeds? (the |its )?max(imum)? (message )?size\b/,
  /\bmessage (size |is |was )*(too (large|big)|exceeds|rejected (due|because|as))\b|\bcontent (was )?(rejected|blocked)\b/,
  /\breverse dns\b|\brdns\b|\bptr (resource )?(record|lookup)\b|\bclient host (was |is )?rejected\b/,
  /\b(host|network|client|server|ip)( address)? (is )?not (allowed|permitted|welcome)\b/,
  /\bbulk e?-?mail\b|\b(illegal|prohibited|forbidden|dangerous) (attachment|content|file)|\battachment (is |was )?(not allowed|blocked)\b/,
  /\bunauthori[sz]ed sender\b|\b(allowed|list of) rcpthosts\b|\b(as|not) an? (open )?relay\b/,
  /\bverification failed (for|while checking)\b|\b(is|are) listed (at|in|on|by)\b|\bturn on smtp authentication\b/,
  /\b(e?helo|host|client) (command|host) rejected\b|\bmax defers and failures per hour\b/,
  /\bmissing a valid message-?id\b|\bonly accept(s|ing) (e-?)?mail from (specific|certain|known)\b/,
  /\bauthentication (is )?required\b|\bwithout authentication\b|\bnot permitted to relay\b/,
]

// An address is a name and no word (`spam@…`, `https://…/blocked`, `blocked@…`), and a reply of several lines tells its code within a sentence (`550-5.2.1`).
export function failuresIn(text: string): Failure[] {
  const said = text
    .toLowerCase()
    .replaceAll('’', "'")
    .replace(/\s+/g, ' ')
    .replace(/\bmail[- ]box\b/g, 'mailbox')
    .replace(/\b(https?:\/\/|www\.)\S+/g, '')
    .replace(/[^\s<>@:]{1,80}@[^\s<>@:;,]{1,255}/g, 'x@x')
    // A mailbox that is blocked is none of a rule's business.
    .replace(/\b(mailbox|account|user|recipient)( x@x)? ((has|have) been |is |was )(temporarily )?blocked\b/g, '$1')
    .replace(/(?<![\d.])[245]\d\d-([245]\.\d{1,3}\.\d{1,3} )?/g, '')
  const speaks = (patterns: readonly RegExp[]) => patterns.some((pattern) => pattern.test(said))
  const words = { hard: hardWords, soft: softWords, policy: policyWords }
  const found = (['hard', 'soft', 'policy'] as const).filter((failure) => speaks(words[failure]))
  // What is said of the sender is no word on the recipient.
  return ofSender.test(said) ? found.filter((failure) => failure !== 'hard') : found
}

export const ofSender =
  /\bsenders?\b|\bmail from\b|\b(envelope|return)[- ](from|path|sender)\b|\bhelo\b|\bfrom (address|domain)\b|\byour (domain|host|server|ip|address(?! book))\b|\bcall(back|out)\b|\bverif(y|ication) failed\b/i
