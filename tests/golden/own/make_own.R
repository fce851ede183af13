# Rscript make_own.R   (in this folder; R >= 4.2 with the packages survey >= 4.1 and MASS)
# -> survey.csv survey_lonely.csv r_survey.json: simulated answers, and what R's `survey` makes of them.
suppressMessages(library(survey))
options(survey.lonely.psu = "fail", survey.adjust.domain.lonely = FALSE, digits = 17)
source("json.R")

# ---- the answers: nobody's ---------------------------------------------------------------------------
RNGkind("Mersenne-Twister", "Inversion", "Rejection"); set.seed(19520910)
psus <- c(6, 5, 4, 7, 3, 5, 4); districts <- c(40, 18, 9, 33, 6, 21, 4)   # stratum G is taken whole
rows <- list()
for (h in seq_along(psus)) for (j in seq_len(psus[h])) {
  u <- rnorm(1, 0, .4)
  for (wave in 1:2) {
    m <- sample(6:9, 1)
    rows[[length(rows) + 1]] <- data.frame(wave = wave, stratum = LETTERS[h], psu = j, districts = districts[h],
      people = c(900, 420, 300, 800, 210, 500, 160)[h], u = u, area = c("north", "south", "isles")[1 + (h + j) %% 3][rep(1, m)])
  }
}
d <- do.call(rbind, rows); n <- nrow(d); d <- cbind(id = seq_len(n), d)
d$sex <- sample(c("F", "M"), n, TRUE, c(.55, .45)); d$age <- sample(c("young", "middle", "old"), n, TRUE, c(.3, .45, .25))
d$service <- sample(1:5, n, TRUE, c(.35, .28, .2, .12, .05))
d$weight <- round(d$districts / psus[match(d$stratum, LETTERS)] * 25 * rlnorm(n, 0, .35), 3)
x <- d$u + c(.3, -.2, .1, -.4, .2)[d$service] + .2 * (d$wave == 2) + .15 * (d$sex == "F") + rnorm(n, 0, .6)
grade <- function(x, absent) { v <- findInterval(x + rnorm(n, .3, .7), c(-1.4, -.6, .2, 1)) + 1; v[runif(n) < absent] <- NA; v }
d$ease <- grade(x, .05); d$speed <- grade(.7 * x, .09); d$clarity <- grade(.4 * x, .06); d$trust <- grade(.2 * x, .03)
d$overall <- grade(1.1 * x, .04)
d$ease[is.na(d$ease) & d$id %% 2 == 0] <- 9                               # half of those without an answer said "don't know"
d$recommend <- pmin(10, pmax(0, round(7 + 2 * x + rnorm(n, 0, 1.5)))); d$recommend[runif(n) < .07] <- NA
d$wait <- round(exp(2.5 - .4 * x + rnorm(n, 0, .6)) * 2) / 2; d$wait[runif(n) < .06] <- NA
d$visits <- pmax(1, rpois(n, 2)); d$minutes <- round(d$visits * exp(2 + rnorm(n, 0, .5)), 1); d$minutes[runif(n) < .05] <- NA
d$settled <- ifelse(d$service == 5, 1, ifelse(d$service == 4, 0, as.numeric(runif(n) < .6)))   # shares of exactly 1 and 0
d$u <- NULL
lonely <- subset(d, !(stratum == "C" & psu > 1) & !(stratum == "G" & psu != 2))                # strata C and G: one PSU each
for (f in list(list(d, "survey.csv"), list(lonely, "survey_lonely.csv"))) write.csv(f[[1]], f[[2]], row.names = FALSE, quote = FALSE, na = "")
read <- function(f) { t <- read.csv(f, na.strings = ""); t$dontknow <- t$ease == 9; t$ease[t$ease %in% 9] <- NA; t }
d <- read("survey.csv"); lonely <- read("survey_lonely.csv")

# ---- designs: PSU numbers begin anew in each stratum (nest) -------------------------------------------
designs <- list(
  clusters = svydesign(~psu, strata = ~stratum, weights = ~weight, nest = TRUE, data = d),
  clusters_of_few = svydesign(~psu, strata = ~stratum, weights = ~weight, fpc = ~districts, nest = TRUE, data = d),
  rows_in_strata = svydesign(~1, strata = ~stratum, weights = ~weight, fpc = ~people, data = d),
  rows = svydesign(~1, weights = ~weight, data = d),
  waves_apart = svydesign(~psu, strata = ~interaction(wave, stratum), weights = ~weight, nest = TRUE, data = d),
  lonely = svydesign(~psu, strata = ~stratum, weights = ~weight, nest = TRUE, data = lonely),
  lonely_of_few = svydesign(~psu, strata = ~stratum, weights = ~weight, fpc = ~districts, nest = TRUE, data = lonely))
asked_design <- function(strata, psu, fpc) Filter(Negate(is.null), list(weight = "weight", stratum = if (length(strata)) I(strata), psu = psu, fpc = fpc))
meta_designs <- list(
  clusters = list(table = "survey.csv", design = asked_design("stratum", "psu", NULL)),
  clusters_of_few = list(table = "survey.csv", design = asked_design("stratum", "psu", "districts")),
  rows_in_strata = list(table = "survey.csv", design = asked_design("stratum", NULL, "people")),
  rows = list(table = "survey.csv", design = asked_design(character(), NULL, NULL)),
  waves_apart = list(table = "survey.csv", design = asked_design(c("wave", "stratum"), "psu", NULL)),
  lonely = list(table = "survey_lonely.csv", design = asked_design("stratum", "psu", NULL)),
  lonely_of_few = list(table = "survey_lonely.csv", design = asked_design("stratum", "psu", "districts")))

# ---- figures of one domain -----------------------------------------------------------------------------
part <- function(D, keep) { keep[is.na(keep)] <- FALSE; D[keep, ] }
with_y <- function(D, y) { D$variables$.y <- as.numeric(eval(y, D$variables)); D }
t_limits <- function(est, se, df) if (df < 1) NULL else I(est + c(-1, 1) * qt(.975, df) * se)
counts <- function(S, D, keep) list(df = degf(S), n = nrow(S$variables[weights(S) != 0, ]), n_missing = sum(keep & is.na(D$variables$.y)))
domains <- function(D, by) {
  if (!length(by)) return(list(list(domain = named(), keep = rep(TRUE, nrow(D$variables)))))
  u <- unique(D$variables[, by, drop = FALSE]); u <- u[do.call(order, u), , drop = FALSE]
  lapply(seq_len(nrow(u)), function(i) list(domain = as.list(u[i, , drop = FALSE]), keep = Reduce(`&`, lapply(by, function(b) D$variables[[b]] == u[i, b]))))
}
over <- function(D, y, by, f) { D <- with_y(D, y); lapply(domains(D, by), function(m) {
  S <- part(D, m$keep & !is.na(D$variables$.y)); S$variables$.y[is.na(S$variables$.y)] <- 0
  c(list(domain = m$domain), f(S), counts(S, D, m$keep)) }) }
mean_of <- function(S) { m <- svymean(~.y, S, deff = "replace"); e <- as.vector(coef(m)); s <- as.vector(SE(m))
  c(list(value = e, se = s, interval = t_limits(e, s, degf(S))), if (s > 0) list(deff = as.vector(deff(m)))) }
total_of <- function(S) { m <- svytotal(~.y, S); e <- as.vector(coef(m)); s <- as.vector(SE(m)); list(value = e, se = s, interval = t_limits(e, s, degf(S))) }
effective <- function(p, v, n, df) (if (p %in% c(0, 1)) n else p * (1 - p) / v) * (qt(.975, n - 1) / qt(.975, df))^2
clopper <- function(p, m) I(c(if (p == 0) 0 else qbeta(.025, m * p, m * (1 - p) + 1), if (p == 1) 1 else qbeta(.975, m * p + 1, m * (1 - p))))
share_of <- function(S) {                                                  # Korn and Graubard as in the NCHS macro: effective n at most n
  m <- svymean(~.y, S); p <- as.vector(coef(m)); if (abs(p - round(p)) < 1e-12) p <- round(p); df <- degf(S); n <- sum(weights(S) != 0)
  ne <- min(n, effective(p, as.vector(vcov(m)), n, df)); list(value = p, se = as.vector(SE(m)), interval = clopper(p, ne), n_effective = ne) }
ciprop_of <- function(method) function(S) {
  if (method != "wilson") { m <- svyciprop(~.y, S, method = method); return(list(value = as.vector(coef(m)), se = as.vector(SE(m)), interval = I(as.vector(confint(m))))) }
  m <- svymean(~.y, S); p <- as.vector(coef(m)); df <- degf(S); ne <- effective(p, as.vector(vcov(m)), sum(weights(S) != 0), df); z <- qt(.975, df)
  list(value = p, se = as.vector(SE(m)), interval = I((p + z^2 / (2 * ne) + c(-1, 1) * z * sqrt(p * (1 - p) / ne + z^2 / (4 * ne^2))) / (1 + z^2 / ne))) }
favourable <- quote(ifelse(is.na(ease), NA, ease >= 4)); nps <- quote(100 * (recommend >= 9) - 100 * (recommend <= 6))
ratio_over <- function(D, by) over(D, quote(minutes / visits), by, function(S) { S$variables$minutes[is.na(S$variables$minutes)] <- 0
  m <- svyratio(~minutes, ~visits, S); e <- as.vector(coef(m)); s <- as.vector(SE(m)); list(value = e, se = s, interval = t_limits(e, s, degf(S))) })
change_over <- function(D, y, by) { D <- with_y(D, y); lapply(domains(D, by), function(m) {
  S <- part(D, m$keep & !is.na(D$variables$.y)); S$variables$.y[is.na(S$variables$.y)] <- 0
  for (w in 1:2) { S$variables[[paste0("a", w)]] <- S$variables$.y * (S$variables$wave == w); S$variables[[paste0("b", w)]] <- as.numeric(S$variables$wave == w) }
  tt <- svytotal(~a1 + b1 + a2 + b2, S); V <- vcov(tt); dimnames(V) <- list(names(coef(tt)), names(coef(tt))); attr(tt, "var") <- V
  k <- svycontrast(tt, list(d = quote(a2 / b2 - a1 / b1))); e <- as.vector(coef(k)); s <- as.vector(SE(k)); df <- degf(S); v <- coef(tt)
  list(domain = m$domain, value = e, se = s, interval = t_limits(e, s, df), df = df, p = 2 * pt(-abs(e / s), df), from = as.vector(v["a1"] / v["b1"]), to = as.vector(v["a2"] / v["b2"])) }) }
distribution_over <- function(D, by) { D <- with_y(D, quote(ease)); unlist(lapply(domains(D, by), function(m) {
  S <- part(D, m$keep & !is.na(D$variables$.y)); S$variables$f <- factor(S$variables$.y, 1:5); S$variables$f[is.na(S$variables$f)] <- 1
  f <- svymean(~f, S); lapply(1:5, function(k) list(domain = m$domain, category = as.character(k), value = as.vector(coef(f))[k], se = as.vector(SE(f))[k], covariance = I(as.vector(vcov(f)[k, ])))) }), FALSE) }
quantile_over <- function(D, by, p = c(.25, .5, .9), rule = "math") { D <- with_y(D, quote(wait)); unlist(lapply(domains(D, by), function(m) {
  S <- part(D, m$keep & !is.na(D$variables$.y)); S$variables$.y[is.na(S$variables$.y)] <- 0
  q <- svyquantile(~.y, S, p, qrule = rule, interval.type = "mean", ci = TRUE)[[1]]
  lapply(seq_along(p), function(i) c(list(domain = m$domain, at = p[i], value = q[i, 1]), if (rule != "hf4" && is.finite(q[i, 2] + q[i, 3])) list(se = q[i, 4], interval = I(q[i, 2:3])))) }), FALSE) }

CASES <- list()
add <- function(id, design, asked, expected, ...) CASES[[length(CASES) + 1]] <<- c(list(id = id, design = design, asked = asked), list(...), list(expected = expected))
SHARE <- list(statistic = "proportion", item = "ease", favourable = I(c(4, 5)), missing = I(9))
MEAN <- list(statistic = "mean", item = "ease", missing = I(9)); NPS <- list(statistic = "nps", item = "recommend")
TOTAL <- list(statistic = "total", item = "visits"); RATIO <- list(statistic = "ratio", numerator = "minutes", denominator = "visits")
by_of <- function(asked, by) c(asked, if (length(by)) list(by = I(by)))
SPLITS <- list(all = character(), service = "service", area_sex = c("area", "sex"), wave = "wave")
name <- function(...) paste(..., sep = "/")

for (k in c("clusters", "clusters_of_few", "rows_in_strata", "rows", "waves_apart")) for (s in names(SPLITS)) {
  D <- designs[[k]]; by <- SPLITS[[s]]
  add(name("share", k, s), k, by_of(SHARE, by), over(D, favourable, by, share_of)); add(name("mean", k, s), k, by_of(MEAN, by), over(D, quote(ease), by, mean_of))
  if (s == "wave") next
  add(name("nps", k, s), k, by_of(NPS, by), over(D, nps, by, mean_of)); add(name("total", k, s), k, by_of(TOTAL, by), over(D, quote(visits), by, total_of))
  add(name("ratio", k, s), k, by_of(RATIO, by), ratio_over(D, by))
  if (s != "area_sex" && k != "waves_apart") { add(name("quantile", k, s), k, by_of(list(statistic = "quantile", item = "wait", at = I(c(.25, .5, .9))), by), quantile_over(D, by))
    add(name("distribution", k, s), k, by_of(list(statistic = "distribution", item = "ease", missing = I(9)), by), distribution_over(D, by)) }
}
for (k in c("clusters", "rows")) {
  D <- designs[[k]]
  for (m in c("logit", "beta", "asin", "mean", "wilson")) add(name("ciprop", k, m), k, by_of(c(SHARE, list(interval = if (m == "mean") "wald" else m)), "service"), over(D, favourable, "service", ciprop_of(m)), tolerance = if (m == "logit") 1e-6 else 1e-9)
  # hf4: values only, for below the first answer R goes on along the line, beyond what anybody said
  for (rule in paste0("hf", 4:9)) add(name("quantile", k, rule), k, list(statistic = "quantile", item = "wait", at = I(c(.25, .5, .9)), by = I("service"), rule = rule), quantile_over(D, "service", rule = rule))
  add(name("edges", k), k, list(statistic = "proportion", item = "settled", favourable = I(1), by = I("service")), over(D, quote(settled), "service", share_of))
  add(name("gap", k), k, list(statistic = "gap", items = I(c("trust", "speed")), by = I("service")), over(D, quote(trust - speed), "service", mean_of))
}
for (k in c("clusters", "clusters_of_few", "waves_apart")) for (s in c("all", "service")) for (y in list(list("share", SHARE, favourable), list("mean", MEAN, quote(ease)), list("nps", NPS, nps)))
  add(name("change", y[[1]], k, s), k, by_of(list(statistic = "change", of = y[[2]], from = list(wave = 1), to = list(wave = 2)), SPLITS[[s]]), change_over(designs[[k]], y[[3]], SPLITS[[s]]))
for (k in c("clusters", "clusters_of_few", "rows_in_strata")) {
  D <- designs[[k]]
  tt <- svyttest(ease ~ sex, D); df <- as.vector(tt$parameter)
  add(name("ttest", k), k, list(statistic = "ttest", of = MEAN, group = "sex", groups = I(c("F", "M"))), list(list(domain = named(), value = as.vector(tt$estimate), t = as.vector(tt$statistic), df = df, p = as.vector(tt$p.value), interval = I(as.vector(tt$conf.int)))))
  C <- subset(update(D, good = factor(ease >= 4), which = factor(service)), !is.na(ease)); ch <- svychisq(~good + which, C)
  add(name("raoscott", k), k, list(statistic = "crosstable", row = "ease", column = "service", favourable = I(c(4, 5)), missing = I(9)), list(list(domain = named(), test = list(F = as.vector(ch$statistic), ndf = as.vector(ch$parameter[1]), ddf = as.vector(ch$parameter[2]), p = as.vector(ch$p.value)))), first_only = TRUE)
  for (f in c("linear", "logistic")) {
    g <- if (f == "linear") svyglm(overall ~ speed + clarity + trust, D) else suppressWarnings(svyglm(I(overall >= 4) ~ speed + clarity + trust, D, family = quasibinomial, control = glm.control(epsilon = 1e-15, maxit = 100)))
    e <- as.vector(coef(g)); s <- as.vector(SE(g)); V <- vcov(g); df <- g$df.residual
    add(name("regression", f, k), k, c(list(statistic = "regression", outcome = "overall", on = I(c("speed", "clarity", "trust"))), if (f == "logistic") list(family = "logistic", favourable = I(c(4, 5)))),
      lapply(seq_along(e), function(i) list(domain = named(), term = c("(intercept)", "speed", "clarity", "trust")[i], value = e[i], se = s[i], df = df, p = 2 * pt(-abs(e[i] / s[i]), df), covariance = I(as.vector(V[i, ])))), tolerance = if (f == "linear") 1e-8 else 1e-6)
  }
}
# what four answers account for: Shapley shares of the weighted R2 and Johnson's relative weights, complete cases
X <- c("ease", "speed", "clarity", "trust"); cd <- d[complete.cases(d[, c("overall", X)]), ]
R <- cov2cor(cov.wt(as.matrix(cd[, c("overall", X)]), wt = cd$weight / sum(cd$weight), method = "ML")$cov)
r2 <- function(i) if (!length(i)) 0 else as.vector(R[1, i + 1, drop = FALSE] %*% solve(R[i + 1, i + 1, drop = FALSE], R[i + 1, 1, drop = FALSE]))
lmg <- sapply(1:4, function(j) mean(sapply(0:3, function(m) { o <- setdiff(1:4, j); s <- if (m) combn(o, m, simplify = FALSE) else list(integer()); mean(sapply(s, function(i) r2(c(i, j)) - r2(i))) })))
E <- eigen(R[-1, -1], symmetric = TRUE); L <- E$vectors %*% diag(sqrt(E$values)) %*% t(E$vectors); johnson <- as.vector(L^2 %*% solve(L, R[-1, 1])^2)
add("drivers/clusters", "clusters", list(statistic = "drivers", item = "overall", of = I(X), missing = I(9)), list(list(domain = named(), n = nrow(cd), r2 = r2(1:4), drivers = lapply(1:4, function(i) list(item = X[i], lmg = lmg[i], johnson = johnson[i])))))
# strata with one PSU, under every rule
for (k in c("lonely", "lonely_of_few")) for (rule in c("fail", "remove", "certainty", "adjust", "average")) for (s in c("all", "service")) {
  options(survey.lonely.psu = rule)
  found <- tryCatch(over(designs[[k]], favourable, SPLITS[[s]], share_of), error = function(e) NULL)
  add(name("single_psu", k, rule, s), k, by_of(SHARE, SPLITS[[s]]), if (is.null(found)) list() else found, single_psu = rule)
}
options(survey.lonely.psu = "fail")

# ---- calibration ----------------------------------------------------------------------------------------
N <- 54000; margins <- list(age = c(middle = .42, old = .27, young = .31), area = c(isles = .3, north = .36, south = .34), sex = c(F = .52, M = .48))
margins <- lapply(margins, function(m) m * N); wanted <- lapply(margins, as.list)
controls <- c(N, margins$age[-1], margins$area[-1], margins$sex[-1]); names(controls) <- colnames(model.matrix(~age + area + sex, d))
crossed <- outer(margins$area, margins$sex / N)
asked_cal <- list(raking = list(method = "raking", margins = wanted), linear = list(method = "linear", margins = wanted), linear_bounded = list(method = "linear", margins = wanted, bounds = I(c(.85, 1.3))),
  logit = list(method = "logit", margins = wanted, bounds = I(c(.7, 1.6))), poststratification = list(method = "poststratification", margins = list("area,sex" = as.list(setNames(as.vector(crossed), outer(names(margins$area), names(margins$sex), paste, sep = ","))))))
for (k in c("clusters", "clusters_of_few", "rows_in_strata")) for (m in names(asked_cal)) {
  if (k == "rows_in_strata" && !m %in% c("raking", "poststratification")) next
  D <- designs[[k]]; b <- asked_cal[[m]]$bounds; tight <- list(epsilon = 1e-13, maxit = 500)
  C <- switch(m, raking = calibrate(D, ~age + area + sex, controls, calfun = "raking", epsilon = 1e-13, maxit = 500), linear = calibrate(D, ~age + area + sex, controls, calfun = "linear"),
    linear_bounded = calibrate(D, ~age + area + sex, controls, calfun = "linear", bounds = as.vector(b), epsilon = 1e-12, maxit = 500), logit = calibrate(D, ~age + area + sex, controls, calfun = "logit", bounds = as.vector(b), epsilon = 1e-12, maxit = 500),
    poststratification = postStratify(D, ~area + sex, data.frame(expand.grid(area = names(margins$area), sex = names(margins$sex)), Freq = as.vector(crossed))))
  w <- weights(C); d2 <- d; d2$w2 <- w
  fixed <- switch(k, clusters = svydesign(~psu, strata = ~stratum, weights = ~w2, nest = TRUE, data = d2), clusters_of_few = svydesign(~psu, strata = ~stratum, weights = ~w2, fpc = ~districts, nest = TRUE, data = d2), rows_in_strata = svydesign(~1, strata = ~stratum, weights = ~w2, fpc = ~people, data = d2))
  told <- list(kish_deff = length(w) * sum(w^2) / sum(w)^2, n_effective = sum(w)^2 / sum(w^2), min = min(w), max = max(w))
  for (v in c("calibrated", "weights_fixed")) {
    S <- if (v == "calibrated") C else fixed; cal <- c(asked_cal[[m]], list(variance = v)); id <- name("calibrated", m, v, k)
    put <- function(what, asked, expected) add(name(id, what), k, asked, expected, calibration = cal, told = told)
    for (s in c("all", "service")) put(name("share", s), by_of(SHARE, SPLITS[[s]]), over(S, favourable, SPLITS[[s]], share_of))
    put("mean/area_sex", by_of(MEAN, SPLITS$area_sex), over(S, quote(ease), SPLITS$area_sex, mean_of)); put("nps", NPS, over(S, nps, character(), mean_of))
    put("total", TOTAL, over(S, quote(visits), character(), total_of)); put("ratio", RATIO, ratio_over(S, character()))
    put("change", list(statistic = "change", of = SHARE, from = list(wave = 1), to = list(wave = 2)), change_over(S, favourable, character()))
  }
}
# ---- replicate weights: leave out one PSU (JKn), around the estimate itself -------------------------------
options(survey.drop.replicates = FALSE)   # else survey 4.1 loses stratum G, which is taken whole, from the totals of the replicates
for (k in c("clusters", "clusters_of_few")) {
  J <- as.svrepdesign(designs[[k]], type = "JKn", mse = TRUE)
  for (y in list(list("share", SHARE, favourable), list("mean", MEAN, quote(ease)), list("total", TOTAL, quote(visits)))) {
    rep_of <- function(by) { D <- with_y(J, y[[3]]); lapply(domains(D, by), function(m) { S <- part(D, m$keep & !is.na(D$variables$.y)); f <- (if (y[[1]] == "total") svytotal else svymean)(~.y, S); list(domain = m$domain, value = as.vector(coef(f)), se = as.vector(SE(f))) }) }
    for (s in c("all", "service")) add(name("jackknife", y[[1]], k, s), k, by_of(y[[2]], SPLITS[[s]]), rep_of(SPLITS[[s]]), replicates = "jackknife")
  }
}
writeLines(paste0("{\"R\": ", json(R.version.string), ", \"survey\": ", json(as.character(packageVersion("survey"))), ",\n\"designs\": ", json(meta_designs), ",\n\"cases\": [\n",
  paste(vapply(CASES, json, ""), collapse = ",\n"), "\n]}"), "r_survey.json")
cat(length(CASES), "cases,", sum(vapply(CASES, function(x) length(x$expected), 1L)), "figures,", file.size("r_survey.json"), "bytes\n")
