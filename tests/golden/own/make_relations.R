# Rscript make_relations.R   (in this folder; needs R >= 4.2 with the package survey >= 4.1)
# Writes relations.csv: regressions, cross-table tests and the drivers' jackknife of R's survey on answers.csv.
suppressMessages(library(survey))
options(survey.lonely.psu = "fail", survey.replicates.mse = TRUE)
d <- read.csv("answers.csv", na.strings = "", colClasses = c(stratum = "character"))
d$fav <- as.numeric(d$ease >= 4)
exact <- function(x) sprintf("%.17g", x)
designs <- list(
  rows = svydesign(ids = ~1, weights = ~weight, data = d),
  rows_in_strata = svydesign(ids = ~1, strata = ~stratum, fpc = ~people, weights = ~weight, data = d),
  psus = svydesign(ids = ~psu, strata = ~stratum, weights = ~weight, data = d, nest = TRUE),
  psus_of_few = svydesign(ids = ~psu, strata = ~stratum, fpc = ~districts, weights = ~weight, data = d, nest = TRUE))
totals <- c("(Intercept)" = 10000, sexM = 4800, ageold = 2500, ageyoung = 3000)  # first categories: F, middle
raked <- lapply(designs, calibrate, ~sex + age, totals, calfun = "raking", epsilon = 1e-13, maxit = 200)
out <- list()
add <- function(design, weights, statistic, part, value, se = NA)
  out[[length(out) + 1]] <<- data.frame(design, weights, statistic, part, value = exact(value), se = exact(se))
for (w in c("design", "raked")) for (k in names(designs)) {
  D <- subset((if (w == "raked") raked else designs)[[k]], !is.na(ease))
  linear <- svyglm(ease ~ service + people, D)
  logistic <- suppressWarnings(svyglm(fav ~ service + people, D, family = quasibinomial, control = glm.control(epsilon = 1e-15, maxit = 100)))
  for (i in 1:3) {
    term <- c("(intercept)", "service", "people")[i]
    add(k, w, "linear", term, coef(linear)[i], SE(linear)[i])
    add(k, w, "logistic", term, coef(logistic)[i], SE(logistic)[i])
  }
  test <- svychisq(~fav + age, D)
  add(k, w, "crosstable", "F", test$statistic)
  add(k, w, "crosstable", "ndf", test$parameter[1])
  if (w == "design") add(k, w, "crosstable", "p", test$p.value)
}
# the share of R2 that each of three columns accounts for, and its jackknife
shares <- function(w, data) {
  X <- as.matrix(data[, c("service", "people", "districts")])
  R <- cov2cor(cov.wt(cbind(data$ease, X), wt = w / sum(w), method = "ML")$cov)
  r2 <- function(ix) if (!length(ix)) 0 else as.vector(R[1, ix + 1, drop = FALSE] %*% solve(R[ix + 1, ix + 1, drop = FALSE]) %*% R[ix + 1, 1, drop = FALSE])
  lmg <- sapply(1:3, function(j) { o <- setdiff(1:3, j)
    (r2(j) / 3) + sum(sapply(o, function(s) r2(c(s, j)) - r2(s))) / 6 + (r2(1:3) - r2(o)) / 3 })
  c(r2(1:3), lmg / r2(1:3))
}
for (k in c("psus", "psus_of_few")) {
  J <- subset(as.svrepdesign(designs[[k]], type = "JKn"), !is.na(ease))
  m <- withReplicates(J, shares)
  for (i in 1:4) add(k, "design", "drivers", c("r2", "service", "people", "districts")[i], coef(m)[i], SE(m)[i])
}
write.csv(do.call(rbind, out), "relations.csv", row.names = FALSE, quote = FALSE)
