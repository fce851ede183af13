# Rscript check_with_r.R   (in this folder; needs R >= 4.2 with the package survey >= 4.1)
# Compares expected.csv with R's survey: value, standard error and degrees of freedom of every line.
suppressMessages(library(survey))
options(survey.lonely.psu = "fail", digits = 15)
d <- read.csv("answers.csv", na.strings = "", colClasses = c(service = "character", stratum = "character"))
e <- read.csv("expected.csv", na.strings = "NA", colClasses = c(domain = "character"))
d$one <- seq_len(nrow(d))
designs <- list(
  rows = svydesign(ids = ~1, weights = ~weight, data = d),
  rows_in_strata = svydesign(ids = ~1, strata = ~stratum, fpc = ~people, weights = ~weight, data = d),
  psus = svydesign(ids = ~psu, strata = ~stratum, weights = ~weight, data = d, nest = TRUE),
  psus_of_few = svydesign(ids = ~psu, strata = ~stratum, fpc = ~districts, weights = ~weight, data = d, nest = TRUE))
totals <- c("(Intercept)" = 10000, sexM = 4800, ageold = 2500, ageyoung = 3000)  # first categories: F, middle
calibrated <- lapply(designs, calibrate, ~sex + age, totals, calfun = "raking", epsilon = 1e-13, maxit = 200)
fixed <- lapply(names(designs), function(k) {
  d$w2 <- weights(calibrated[[k]])
  switch(k,
    rows = svydesign(ids = ~1, weights = ~w2, data = d),
    rows_in_strata = svydesign(ids = ~1, strata = ~stratum, fpc = ~people, weights = ~w2, data = d),
    psus = svydesign(ids = ~psu, strata = ~stratum, weights = ~w2, data = d, nest = TRUE),
    psus_of_few = svydesign(ids = ~psu, strata = ~stratum, fpc = ~districts, weights = ~w2, data = d, nest = TRUE))
})
names(fixed) <- names(designs)
worst <- 0
for (i in seq_len(nrow(e))) {
  D <- switch(e$weights[i], design = designs, raked = calibrated, raked_fixed = fixed)[[e$design[i]]]
  y <- if (e$statistic[i] == "proportion") as.numeric(d$ease >= 4) else as.numeric(d$ease)
  part <- strsplit(e$domain[i], "=")[[1]]
  keep <- !is.na(y) & (if (length(part) == 2) d[[part[1]]] == part[2] else TRUE)
  y[is.na(y)] <- 0
  D$variables$y <- y
  S <- D[keep, ]
  m <- svymean(~y, S)
  stopifnot(degf(S) == e$df[i], sum(keep) == e$n[i])
  worst <- max(worst, abs(coef(m) / e$value[i] - 1), abs(SE(m) / e$se[i] - 1))
}
cat(nrow(e), "estimates; largest relative difference from R:", format(worst), "\n")
stopifnot(worst < 1e-9)
