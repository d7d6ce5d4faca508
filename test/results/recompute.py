"""Recomputes published results from the raw answers, by the method alone and without any of the service's own code.

recompute.py <database> <collection id> <results.json>...

Prints every difference, one a line, and ends with 1; with 0 where everything agrees. Exact fractions and 60 digits; standard library only.
"""
import json, math, re, sqlite3, sys
from collections import Counter, defaultdict
from decimal import Decimal, getcontext
from fractions import Fraction

getcontext().prec = 60
Z = Decimal("1.959963984540054")
STATES = ("dontKnow", "notApplicable", "notAsked", "missing")


def half_up(value, decimals=0):
    """Of a Fraction or Decimal, exactly."""
    shifted = value * 10**decimals + (Fraction(1, 2) if isinstance(value, Fraction) else Decimal("0.5"))
    units = shifted.numerator // shifted.denominator if isinstance(shifted, Fraction) else int(shifted.to_integral_value("ROUND_FLOOR"))
    return float(Fraction(units, 10**decimals))


def dec(fraction):
    return Decimal(fraction.numerator) / Decimal(fraction.denominator)


def correction(n, N):
    if N is None or n > N:
        return Decimal(1)
    return Decimal(0) if n == N else dec((N - n) / (N - 1))


def wilson(x, n, N):
    p, z2 = Decimal(x) / n, Z * Z * correction(n, N)
    reach = z2.sqrt() * (p * (1 - p) / n + z2 / (4 * n * n)).sqrt()
    centre, scale = p + z2 / (2 * n), 1 + z2 / n
    return [half_up(100 * min(max(limit, Decimal(0)), Decimal(1)), 1) for limit in ((centre - reach) / scale, (centre + reach) / scale)]


def beta_fraction(a, b, x):
    """Continued fraction of the incomplete beta function (Lentz)."""
    tiny, c = 1e-300, 1.0
    d = 1 / (1 - (a + b) * x / (a + 1))
    h = d
    for m in range(1, 20000):
        for top in (m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m)), -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))):
            d = 1 / ((1 + top * d) or tiny)
            c = (1 + top / c) or tiny
            h *= d * c
        if abs(d * c - 1) < 1e-15:
            return h
    raise ArithmeticError


def inside(t, df):
    """P(|T| <= t)."""
    x, a, b = df / (df + t * t), df / 2, 0.5
    front = math.exp(math.lgamma(a + b) - math.lgamma(a) - math.lgamma(b) + a * math.log(x) + b * math.log1p(-x))
    tail = front * beta_fraction(a, b, x) / a if x < (a + 1) / (a + b + 2) else 1 - front * beta_fraction(b, a, 1 - x) / b
    return 1 - tail


T = {}


def t95(df):
    if df not in T:
        low, high = 1.9, 13.0
        for _ in range(80):
            middle = (low + high) / 2
            low, high = (middle, high) if inside(middle, df) < 0.95 else (low, middle)
        T[df] = low
    return T[df]


def region_code(name):
    return re.sub(r"[^a-z0-9]+", "_", name.lower()).strip("_")


class Collection:
    def __init__(self, path, id):
        db = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
        db.row_factory = sqlite3.Row
        about = db.execute(
            """select c.*, v.plan, v.questions, v.version, q.slug from collections c
               join question_set_versions v on v.id = c.version_id join question_sets q on q.id = v.question_set_id where c.id = ?""",
            [id],
        ).fetchone()
        self.mode, self.k, self.status, self.name, self.version, self.slug = (about[key] for key in ("mode", "k", "status", "name", "version", "slug"))
        self.plan, self.questions = json.loads(about["plan"]), json.loads(about["questions"])
        self.systems = {r["id"]: dict(r) for r in db.execute("select * from systems")}
        self.responses = [dict(r) for r in db.execute("select * from responses where collection_id=? and source<>'test'", [id])]
        self.frame = [dict(r) for r in db.execute(
            """select f.*, i.id as invitation, i.outcome, (select m.status from messages m where m.invitation_id=i.id and m.kind='invitation') as message
               from frame_services f left join invitations i on i.frame_service_id=f.id where f.collection_id=?""", [id])]
        self.of_invitation = {r["invitation_id"]: r for r in self.responses if r["invitation_id"]}
        self.service_of = {f["invitation"]: f for f in self.frame if f["invitation"]}
        self.pages = self.questions["pages"]
        self.question = {e["name"]: (e, p) for p in self.pages for e in p["elements"]}
        self.breakdowns = {b["id"]: b for b in self.plan["breakdowns"]}
        self.tables = [()] + [(b["id"],) for b in self.plan["breakdowns"]] + [tuple(self.plan["cross"])]

    # ---- routes and states
    def holds(self, condition, answers):
        if not condition:
            return True
        name, sign, code = re.fullmatch(r"\{(\w+)\} (=|<>) '(\w+)'", condition).groups()
        return (answers.get(name) == code) == (sign == "=")

    def shown(self, name, answers):
        element, page = self.question[name]
        return self.holds(page.get("visibleIf"), answers) and self.holds(element.get("visibleIf"), answers)

    def state(self, variable, answers):
        """(state, code): exactly one state; the code where answered."""
        name, _, part = variable.partition(".")
        element = self.question[name][0]
        value = answers.get(name)
        unknown, inapplicable = map(set, (self.plan["states"]["dontKnow"], self.plan["states"]["notApplicable"]))
        if element["type"] == "checkbox" and value:
            codes = set(map(str, value))
            if codes & inapplicable:
                return "notApplicable", None
            if codes & unknown:
                return "dontKnow", None
            return "answered", "1" if part in codes else "0"
        if element["type"] == "matrix":
            value = (value or {}).get(part)
        if value not in (None, [], ""):
            if str(value) in inapplicable:
                return "notApplicable", None
            if str(value) in unknown:
                return "dontKnow", None
            return "answered", str(value)
        if self.shown(name, answers):
            return "missing", None
        when = self.plan.get("notApplicableWhen")
        return ("notApplicable" if when and self.holds(when, answers) else "notAsked"), None

    # ---- where one belongs
    def place(self, system, category, answers):
        system, codes = self.systems[system], {}
        special = set(self.plan["states"]["dontKnow"] + self.plan["states"]["notApplicable"])
        for id, b in self.breakdowns.items():
            if b["from"] == "system":
                codes[id] = system["code"]
            elif b["from"] == "region":
                codes[id] = region_code(system["region"])
            elif b["from"] == "category" and category is not None:
                codes[id] = category
            elif b["from"] != "derived":
                value = answers.get(b.get("variable", id))
                codes[id] = str(value) if isinstance(value, (str, int)) and str(value) not in special else "not_stated"
        for id, b in self.breakdowns.items():
            if b["from"] == "derived":
                codes[id] = next((g["code"] for g in b["groups"] if codes[b["of"]] in g["codes"]), "not_stated")
        return codes

    def label(self, id, code):
        b = self.breakdowns[id]
        if b["from"] == "system":
            return next(s["name"] for s in self.systems.values() if s["code"] == code)
        if b["from"] == "region":
            return next(s["region"] for s in self.systems.values() if region_code(s["region"]) == code)
        if code == "not_stated":
            return "Not stated"
        if b["from"] == "derived":
            return next(g["label"] for g in b["groups"] if g["code"] == code)
        return next((c["text"] for c in self.question[b.get("variable", id)][0]["choices"] if str(c["value"]) == code), code)

    def cells(self, codes):
        return [tuple(sorted((id, codes[id]) for id in table)) for table in self.tables]

    # ---- the outcome of an invitation
    def disposition(self, service):
        response, outcome = self.of_invitation.get(service["invitation"]), service["outcome"]
        begun = json.loads(response["data"]) if response and response["status"] == "partial" else None
        lead = next(i["variable"].split(".")[0] for i in self.plan["indicators"] if i["id"] == self.plan["leadIndicator"])
        if service["not_eligible_reason"] is not None or outcome == "not_eligible":
            return "NE"
        if response and response["status"] == "complete":
            return "I"
        given_up = outcome in ("declined", "withdrawn")
        if begun and (begun.get(lead) is not None or (self.status == "open" and not given_up)):
            return "P"
        if given_up or begun or (response and response["status"] == "withdrawn"):
            return "R"
        if service["message"] == "failed":
            return "U"
        return "NC" if outcome == "contacted" else "U"

    # ---- everything, before anything is hidden
    def compute(self):
        self.figures = [f"indicator:{i['id']}" for i in self.plan["indicators"]] + [f"scale:{s['id']}" for s in self.plan["scales"]] + ["responses"]
        self.places, data = [], {f: defaultdict(Counter) for f in self.figures}
        scores, complete = defaultdict(list), defaultdict(list)
        providers = {f: defaultdict(Counter) for f in self.figures}
        responses, population, dispositions = Counter(), Counter(), defaultdict(Counter)
        for r in self.responses:
            if r["status"] != "complete":
                continue
            answers = json.loads(r["data"])
            service = self.service_of.get(r["invitation_id"])
            codes = self.place(r["system_id"], service and service["category"], answers)
            mine = self.cells(codes)
            self.places.append(codes)
            found = {i["variable"]: self.state(i["variable"], answers) for i in self.plan["indicators"]}
            for c in mine:
                responses[c] += 1
                providers["responses"][c][r["provider_key"]] += 1
            for i in self.plan["indicators"]:
                state, code = found[i["variable"]]
                for c in mine:
                    data[f"indicator:{i['id']}"][c]["base" if state == "answered" else state] += 1
                    if state == "answered":
                        data[f"indicator:{i['id']}"][c]["count"] += code in map(str, i["counts"])
                        providers[f"indicator:{i['id']}"][c][r["provider_key"]] += 1
            for s in self.plan["scales"]:
                items = [self.state(item["variable"], answers) for item in s["items"]]
                points = [None if st != "answered" else 6 - int(code) if item.get("reversed") else int(code) for (st, code), item in zip(items, s["items"])]
                given = [p for p in points if p is not None]
                if len(given) == len(points):
                    complete[s["id"]].append(points)
                if given and 2 * len(given) >= len(points):
                    for c in mine:
                        scores[s["id"], c].append(Fraction(sum(given), len(given)))
                        providers[f"scale:{s['id']}"][c][r["provider_key"]] += 1
        for f in self.frame if self.mode == "personal" else []:
            outcome = self.disposition(f) if f["invitation"] else ("NE" if f["not_eligible_reason"] is not None else "eligible")
            self.places.append(self.place(f["system_id"], f["category"], {}))
            for c in self.cells(self.places[-1]):
                if outcome != "NE":
                    population[c] += 1
                if f["invitation"]:
                    dispositions[c][outcome] += 1
        self.data, self.scores, self.complete, self.providers, self.n, self.population, self.dispositions = data, scores, complete, providers, responses, population, dispositions
        return self

    def frame_count(self, c):
        return self.population[c] if self.mode == "personal" else None

    def N(self, c, base):
        return Fraction(self.frame_count(c) * base, self.n[c]) if self.mode == "personal" and self.n[c] else None

    def expected_cells(self, table):
        known = set(self.n) | {c for c in self.population if self.population[c]}
        return {()} | {c for c in known if tuple(sorted(i for i, _ in c)) == tuple(sorted(table))}

    def indicator(self, id, c):
        d = self.data[f"indicator:{id}"][c]
        low, high = wilson(d["count"], d["base"], self.N(c, d["base"])) if d["base"] else (None, None)
        return {"base": d["base"], "count": d["count"], "percent": half_up(Fraction(100 * d["count"], d["base"]), 1) if d["base"] else None, "low": low, "high": high,
                "population": self.frame_count(c), **{s: d[s] for s in STATES}, "differs": None, "weighted": None}

    def scale(self, id, c):
        s = self.scores[id, c]
        n, distribution = len(s), [0] * 5
        for x in s:
            distribution[math.floor(x + Fraction(1, 2)) - 1] += 1
        mean = sum(s, Fraction(0)) / n if n else None
        factor = correction(n, self.N(c, n)) if n else None
        low = high = None
        if n and factor == 0:
            low = high = half_up(mean, 1)
        elif n > 1:
            variance = sum(((x - mean) ** 2 for x in s), Fraction(0)) / (n - 1)
            reach = Decimal(t95(n - 1)) * (dec(variance / n) * factor).sqrt()
            low, high = half_up(max(Decimal(1), dec(mean) - reach), 1), half_up(min(Decimal(5), dec(mean) + reach), 1)
        return {"base": n, "mean": half_up(mean, 1) if n else None, "low": low, "high": high, "distribution": distribution}

    def alpha(self, scale):
        rows, m = self.complete[scale["id"]], len(scale["items"])
        if len(rows) < max(2, self.k) or m < 2:
            return None
        def var(xs):
            mean = Fraction(sum(xs), len(xs))
            return sum((x - mean) ** 2 for x in xs) / (len(xs) - 1)
        total = var([sum(r) for r in rows])
        return None if total == 0 else half_up(Fraction(m, m - 1) * (1 - sum(var([r[i] for r in rows]) for i in range(m)) / total), 2)

    def rate(self, c):
        if self.mode == "cascade":
            return {"invited": None, "dispositions": {"I": self.n[c]}, **{f"RR{i}": None for i in range(1, 7)}}
        d = {name: self.dispositions[c][name] for name in ("I", "P", "R", "NC", "O", "U", "NE")}
        I, P, U, NE, D = d["I"], d["P"], d["U"], d["NE"], d["I"] + d["P"] + d["R"] + d["NC"] + d["O"]
        e = Fraction(D, D + NE) if D + NE else None
        share = lambda top, bottom: half_up(Fraction(100 * top) / bottom, 1) if bottom else None
        est = D + (e or 0) * U
        return {"invited": sum(d.values()), "dispositions": d, "RR1": share(I, D + U), "RR2": share(I + P, D + U), "RR3": share(I, est), "RR4": share(I + P, est),
                "RR5": None if U else share(I, D), "RR6": None if U else share(I + P, D)}

    # ---- what breaks a rule by itself
    def must_hide(self, figure, c):
        kind, _, id = figure.partition(":")
        k, unanimous = self.k, False
        if kind == "indicator":
            d = self.data[figure][c]
            base, unanimous = d["base"], d["count"] in (0, d["base"])
        elif kind == "scale":
            s = self.scale(id, c)
            base, unanimous = s["base"], s["base"] in s["distribution"]
        else:
            r = self.rate(c)
            base = r["dispositions"]["I"]
            if r["invited"] is not None and r["invited"] < k:
                return True
        who = self.providers[figure][c]
        concentrated = self.mode == "personal" and (len(who) < 3 or 2 * max(who.values()) >= sum(who.values()))
        return base < k or concentrated or (unanimous and base < 2 * k)


def compare(collection, results, out):
    table = results["breakdown"]
    expected = collection.expected_cells(table)
    lists = [(f"indicator:{i['id']}", i["cells"], lambda c, i=i: collection.indicator(i["id"], c)) for i in results["indicators"]]
    lists += [(f"scale:{s['id']}", s["cells"], lambda c, s=s: collection.scale(s["id"], c)) for s in results["scales"]]
    lists += [("responses", results["responseRates"], collection.rate)]
    if [f for f, _, _ in lists] != collection.figures:
        out(f"figures {[f for f, _, _ in lists]}")
    compared = hidden = 0
    for figure, cells, recompute in lists:
        keys = [tuple(sorted(cell["cell"].items())) for cell in cells]
        if keys[0] != ():
            out(f"{figure}: the first cell is not the whole")
        if len(set(keys)) < len(keys) or set(keys) != expected:
            out(f"{figure} {table}: cells {set(keys) ^ expected}")
        for key, cell in zip(keys, cells):
            label = ", ".join(collection.label(id, cell["cell"][id]) for id in table) if key else "All responses"
            if cell["label"] != label:
                out(f"{figure} {key}: label {cell['label']}, not {label}")
            if cell["suppressed"]:
                hidden += 1
                if set(cell) != {"cell", "label", "suppressed"}:
                    out(f"{figure} {key}: a hidden cell says {set(cell)}")
                continue
            if collection.must_hide(figure, key):
                out(f"{figure} {key}: shown though a rule hides it")
            said = {name: value for name, value in cell.items() if name not in ("cell", "label", "suppressed")}
            right = recompute(key)
            compared += len(right)
            for name in sorted(set(said) | set(right)):
                if name not in said or name not in right or said[name] != right[name]:
                    out(f"{figure} {key}: {name} {said.get(name, 'absent')}, recomputed {right.get(name, 'absent')}")
    for s, scale in zip(results["scales"], collection.plan["scales"]):
        right = None if s["cells"][0]["suppressed"] else collection.alpha(scale)
        if s["alpha"] != right:
            out(f"scale {s['id']}: alpha {s['alpha']}, recomputed {right}")
    if results["snapshot"]["responses"] != collection.n[()] or results["snapshot"]["k"] != collection.k:
        out("snapshot: responses or k")
    if (results["collection"]["name"], results["collection"]["questionSet"], results["collection"]["version"]) != (collection.name, collection.slug, collection.version):
        out("collection")
    for i, planned in zip(results["indicators"], collection.plan["indicators"]):
        if (i["label"], i["source"]) != (planned["label"], [planned["variable"]]):
            out(f"{i['id']}: label or source")
    return compared, hidden


def lines_of(collection, cells):
    """Every cell with the cells of another table that make it up, found by who lies in them and not by what the plan says of its breakdowns."""
    strata = {tuple(sorted(place.items())) for place in collection.places}
    members, tables = defaultdict(set), defaultdict(list)
    for stratum in strata:
        for c in collection.cells(dict(stratum)):
            members[c].add(stratum)
    for c in cells:
        tables[tuple(id for id, _ in c)].append(c)
    for total in cells:
        for table in tables.values():
            parts = [c for c in table if c != total and members[c] <= members[total]]
            if parts and sum(len(members[c]) for c in parts) == len(members[total]):
                yield total, parts


def check_lines(collection, all_results, out):
    """No line gives a hidden cell away: the simple secondary rule, over all tables together."""
    hidden, cells = defaultdict(set), set()
    for results in all_results:
        lists = [(f"indicator:{i['id']}", i["cells"]) for i in results["indicators"]] + [(f"scale:{s['id']}", s["cells"]) for s in results["scales"]]
        for figure, listed in lists + [("responses", results["responseRates"])]:
            for cell in listed:
                key = tuple(sorted(cell["cell"].items()))
                cells.add(key)
                if cell["suppressed"]:
                    hidden[figure].add(key)
    lines = list(lines_of(collection, cells))
    for figure in collection.figures:
        if not hidden["responses"] <= hidden[figure]:
            out(f"{figure}: shows the responses of {hidden['responses'] - hidden[figure]}, which the rates hide")
        for total, parts in lines:
            concealed = [c for c in parts if c in hidden[figure] and (collection.n[c] or collection.frame_count(c) != 0)]
            if total in hidden[figure]:
                if not any(c in hidden[figure] for c in parts):
                    out(f"{figure} {total}: its parts add up to it")
            elif len(concealed) == 1:
                out(f"{figure} {total}: less its shown parts is {concealed[0]}")
    return len(lines)


if __name__ == "__main__":
    collection = Collection(sys.argv[1], sys.argv[2]).compute()
    every = [json.load(open(path)) for path in sys.argv[3:]]
    differences = []
    totals = [compare(collection, results, differences.append) for results in every]
    lines = check_lines(collection, every, differences.append)
    print("\n".join(differences), end="\n" if differences else "")
    print(f"{sum(c for c, _ in totals)} figures, {sum(h for _, h in totals)} hidden cells, {lines} lines", file=sys.stderr)
    sys.exit(1 if differences else 0)
