/* The equations of docs/model.md, one member after another, with SUNDIALS CVODE: BDF, dense Newton.
 *
 *   peer <members> <months> <rtol> <repetitions> <read-outs>
 *
 * <members> is a text file: one line of column names, then one line of numbers per member. Treatment is
 * constant from day 0, but for a depot that fills. Prints the processor time in milliseconds of each repetition over all
 * members, and writes LS FN TH CTX P1NP of each member and month to <read-outs>.
 */
#include <cvode/cvode.h>
#include <math.h>
#include <nvector/nvector_serial.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sundials/sundials_context.h>
#include <sunlinsol/sunlinsol_dense.h>
#include <sunmatrix/sunmatrix_dense.h>
#include <time.h>

#define YEAR 365.25

#define COLUMNS(X) \
  /* parameters */ \
  X(clM) X(clF) X(tauG) X(kFb) X(nFb) X(phiE) X(kLey) X(tauI) X(iMax) X(iOral) X(ghOral) X(e0) X(aEf) \
  X(tRefM) X(tRefF) X(tAgeM) X(tAgeF) X(e2RefM) X(e2RefF) X(e2Post) X(onsetWidth) X(cortisolWidth) X(iAroM) \
  X(d50AroM) X(iAroF) X(d50AroF) X(gcDose) X(pthGain) X(vitDRef) X(bmiRef) \
  X(kE) X(hE) X(eM) X(kA) X(hA) X(aLE) X(aOE) X(aLA) X(aLG) X(aOG) X(aLI) X(aLP) X(aLS) X(kQ) X(dEap) X(tauC) \
  X(tauP) X(tauB) X(tauS) X(gC) X(cE) X(cA) X(cI) X(cG) X(oE) X(oG) X(sEs) X(sW) X(sG) X(gS) \
  X(rhoT) X(rhoC) X(tauM) X(gFT) X(gRT) X(gFC) X(gRC) X(fG) X(ageT) X(ageC) X(ageOnset) X(kN) X(uN) \
  X(mp) X(wLS) X(wFN) X(wTH) X(spineF) X(spineM) X(spineOnset) X(mT) X(qC) X(qP) \
  /* the body */ \
  X(male) X(ageAtZero) X(fmp) X(fmpLag) X(fmpWidth) X(hypogonadism) X(kapL) X(kapH) X(ghd) X(kapGH) \
  X(cortisolOnset) X(cortisol) X(vitaminD) X(bmi) X(weightRatio) X(femaleTestosterone) \
  X(testosteroneExposure) X(estradiol) X(estradiolPost) X(estradiolExposure) X(igf) \
  /* treatment: a depot's rate, and doses as in Treatment.java */ \
  X(depotRate) X(rxTestosterone) X(rxEstradiol) X(rxOral) X(rxAromataseInhibitor) X(rxGh) X(rxGlucocorticoid) \
  /* state on day 0 */ \
  X(y0) X(y1) X(y2) X(y3) X(y4) X(y5) X(y6) X(y7) X(y8) X(y9) X(y10)

enum { G, I, C, P, B, S, VYT, VOT, N, VYC, VOC, STATES };

#define X(name) double name;
typedef struct {
  COLUMNS(X)
} Columns;
#undef X

typedef struct {
  Columns c;
  double fat, lnPth, lnWeight, halfE, halfA, refE, refA, gain;
} Member;

typedef struct {
  double e2, t, lhTarget, igfTarget, lnG;
} Hormones;

typedef struct {
  double dE, dA, lnI, lnG;
} Signals;

typedef struct {
  double resorption, formation;
} Flow;

static void die(const char *what) {
  fprintf(stderr, "peer: %s\n", what);
  exit(1);
}

static double power(double x, double exponent) {
  if (exponent == 1) return x;
  if (exponent == 2) return x * x;
  if (exponent == 4) return x * x * x * x;
  return exp(exponent * log(x));
}

static double sigmoid(double x, double width) {
  double z = fmax(-60, fmin(60, x / width));
  return 1 / (1 + exp(-z));
}

static double block(double dose, double ceiling, double half) {
  return dose > 0 ? ceiling * dose / (dose + half) : 0;
}

static double hill(double x, double exponent, double half) {
  double a = power(x, exponent);
  return a / (a + half);
}

static void prepare(Member *m) {
  const Columns *c = &m->c;
  double lack = fmax(0, fmin(1, (c->vitDRef - c->vitaminD) / c->vitDRef));
  m->fat = sqrt(c->bmi / c->bmiRef);
  m->lnPth = log(1 + c->pthGain * lack);
  m->lnWeight = log(c->weightRatio);
  m->halfE = power(c->kE, c->hE);
  m->halfA = power(c->kA, c->hA);
  m->gain = c->male ? c->eM : 1;
  m->refE = hill(c->male ? c->e2RefM : c->e2RefF, c->hE, m->halfE);
  m->refA = hill(c->male ? c->tRefM : c->tRefF, c->hA, m->halfA);
}

static Hormones hormones(const Member *m, double day, double lh) {
  const Columns *c = &m->c;
  Hormones h;
  double age = c->ageAtZero + day / YEAR;
  double filled = c->depotRate > 0 ? 1 - exp(-c->depotRate * day) : 1;
  double tEx = c->rxTestosterone * filled / (c->male ? c->clM : c->clF) * 1e5 * c->testosteroneExposure;
  double e2Ex = c->rxEstradiol * c->estradiolExposure;
  if (c->male) {
    double deficit = sigmoid(age - c->hypogonadism, c->onsetWidth);
    double kL = 1 + (c->kapL - 1) * deficit;
    double kH = 1 + (c->kapH - 1) * deficit;
    double own = c->tRefM * exp(-c->tAgeM * fmax(0, age - 40)) * kL * (1 + c->kLey) * lh / (c->kLey + lh);
    double aromatase = 1 - block(c->rxAromataseInhibitor, c->iAroM, c->d50AroM);
    h.t = own + tEx;
    double aE = (c->e2RefM - c->e0) / c->tRefM;
    h.e2 = aromatase * m->fat * (c->e0 + aE * c->estradiol * h.t) + e2Ex;
    double x = (1 - c->phiE) * h.t / c->tRefM + c->phiE * h.e2 / c->e2RefM;
    h.lhTarget = kH * (1 + c->kFb) / (1 + c->kFb * power(x, c->nFb));
  } else {
    double after = sigmoid(age - c->fmp - c->fmpLag, c->fmpWidth);
    double aromatase = 1 - block(c->rxAromataseInhibitor, c->iAroF, c->d50AroF);
    h.t = c->tRefF * (1 - c->tAgeF * sigmoid(age - 45, 8)) * c->femaleTestosterone + tEx;
    h.e2 = c->e2RefF * (1 - after) * c->estradiol +
           c->e2Post * m->fat * m->fat * after * aromatase * c->estradiolPost + c->aEf * tEx * aromatase + e2Ex;
    h.lhTarget = 1;
  }
  double own = 1 + (c->kapGH - 1) * sigmoid(age - c->ghd, c->onsetWidth);
  double stimulated = own * c->igf + c->rxGh * (c->rxOral ? c->ghOral : 1);
  h.igfTarget = fmin(c->iMax, stimulated) * (c->rxOral ? c->iOral : 1);
  double cortisol = 1 + (c->cortisol - 1) * sigmoid(age - c->cortisolOnset, c->cortisolWidth);
  h.lnG = log(cortisol + c->rxGlucocorticoid / c->gcDose);
  return h;
}

static Signals feel(const Member *m, const Hormones *h, double igf) {
  const Columns *c = &m->c;
  Signals s;
  s.dE = m->gain * (hill(h->e2, c->hE, m->halfE) - m->refE);
  s.dA = hill(h->t, c->hA, m->halfA) - m->refA;
  s.lnI = log(igf);
  s.lnG = h->lnG;
  return s;
}

static Flow trabecular(const Columns *c, double age, double lnG, const double *y) {
  double lnTh = log((y[VYT] + y[VOT]) / y[N]);
  double decades = fmax(0, age - c->ageOnset) / 10;
  Flow f;
  f.resorption = c->rhoT * y[C] * exp(c->gRT * lnTh) * y[N];
  f.formation = c->rhoT * y[B] * exp(-c->fG * lnG - c->ageT * decades - c->gFT * lnTh) * y[N];
  return f;
}

static Flow cortical(const Columns *c, double age, double lnG, const double *y) {
  double lnV = log(y[VYC] + y[VOC]);
  double decades = fmax(0, age - c->ageOnset) / 10;
  Flow f;
  f.resorption = c->rhoC * y[C] * exp(c->gRC * lnV);
  f.formation = c->rhoC * y[B] * exp(-c->fG * lnG - c->ageC * decades - c->gFC * lnV);
  return f;
}

static void mineralise(const Columns *c, Flow f, int young, int old, const double *y, double *dy) {
  double volume = y[young] + y[old];
  double matured = y[young] / c->tauM;
  dy[young] = (f.formation - matured - f.resorption * y[young] / volume) / YEAR;
  dy[old] = (matured - f.resorption * y[old] / volume) / YEAR;
}

static int derivatives(realtype day, N_Vector state, N_Vector slope, void *member) {
  const Member *m = member;
  const Columns *c = &m->c;
  const double *y = N_VGetArrayPointer(state);
  double *dy = N_VGetArrayPointer(slope);
  Hormones h = hormones(m, day, y[G]);
  Signals s = feel(m, &h, y[I]);
  double age = c->ageAtZero + day / YEAR;
  dy[G] = (h.lhTarget - y[G]) / c->tauG;
  dy[I] = (h.igfTarget - y[I]) / c->tauI;

  double lnS = log(y[S]);
  double lnRankl = -c->aLE * s.dE - c->aLA * s.dA + c->aLG * s.lnG + c->aLI * s.lnI + c->aLP * m->lnPth + c->aLS * lnS;
  double q = exp(lnRankl - c->aOE * s.dE + c->aOG * s.lnG);
  dy[C] = ((1 + c->kQ) * q / (c->kQ + q) - (1 + c->dEap * s.dE) * y[C]) / c->tauC;
  double drive = exp(c->cE * s.dE + c->cA * s.dA + c->cI * (1 - 1 / (y[I] * y[I])) / 2 - c->cG * s.lnG);
  dy[P] = (power(y[C], c->gC) * drive - y[P]) / c->tauP;
  dy[B] = (y[P] * exp(-c->gS * lnS) - exp(-c->oE * s.dE + c->oG * s.lnG) * y[B]) / c->tauB;
  dy[S] = (exp(-c->sEs * s.dE - c->sW * m->lnWeight + c->sG * s.lnG) - y[S]) / c->tauS;

  mineralise(c, trabecular(c, age, s.lnG, y), VYT, VOT, y, dy);
  mineralise(c, cortical(c, age, s.lnG, y), VYC, VOC, y, dy);
  double u = fmax(0, y[C] - 1);
  dy[N] = -c->kN * u * u / (u + c->uN) * y[N] / YEAR;
  return 0;
}

static double mineral(const Columns *c, double young, double old, double rho) {
  double share = rho / (1 / c->tauM + rho);
  return (old + c->mp * young) / (1 - share + c->mp * share);
}

static void read_out(const Member *m, double day, const double *y, double *out) {
  const Columns *c = &m->c;
  Hormones h = hormones(m, day, y[G]);
  double age = c->ageAtZero + day / YEAR;
  Flow t = trabecular(c, age, h.lnG, y);
  Flow k = cortical(c, age, h.lnG, y);
  double turnover = c->mT * c->rhoT + (1 - c->mT) * c->rhoC;
  double mineralT = mineral(c, y[VYT], y[VOT], c->rhoT);
  double mineralC = mineral(c, y[VYC], y[VOC], c->rhoC);
  double spine = exp((c->male ? c->spineM : c->spineF) * fmax(0, age - c->spineOnset));
  out[0] = (c->wLS * mineralT + (1 - c->wLS) * mineralC) * spine;
  out[1] = c->wFN * mineralT + (1 - c->wFN) * mineralC;
  out[2] = c->wTH * mineralT + (1 - c->wTH) * mineralC;
  out[3] = power((c->mT * t.resorption + (1 - c->mT) * k.resorption) / turnover, c->qC);
  out[4] = power((c->mT * t.formation + (1 - c->mT) * k.formation) / turnover, c->qP);
}

static Member *load(const char *path, int *count) {
  static const char *const names[] = {
#define X(name) #name,
      COLUMNS(X)
#undef X
  };
  enum { WANTED = sizeof names / sizeof *names };
  static char line[1 << 16];
  FILE *in = fopen(path, "r");
  if (!in || !fgets(line, sizeof line, in)) die("cannot read the members");
  int column[WANTED], columns = 0;
  for (int i = 0; i < WANTED; i++) column[i] = -1;
  for (char *name = strtok(line, " \n"); name; name = strtok(NULL, " \n"), columns++) {
    for (int i = 0; i < WANTED; i++) {
      if (!strcmp(name, names[i])) column[i] = columns;
    }
  }
  for (int i = 0; i < WANTED; i++) {
    if (column[i] < 0) die(names[i]);
  }
  double *row = malloc(columns * sizeof *row);
  Member *members = NULL;
  *count = 0;
  while (fgets(line, sizeof line, in)) {
    char *at = line;
    for (int i = 0; i < columns; i++) row[i] = strtod(at, &at);
    members = realloc(members, (*count + 1) * sizeof *members);
    double *to = (double *)&members[*count].c;
    for (int i = 0; i < WANTED; i++) to[i] = row[column[i]];
    prepare(&members[(*count)++]);
  }
  free(row);
  fclose(in);
  return members;
}

static double milliseconds(void) {
  struct timespec t;
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
  return t.tv_sec * 1e3 + t.tv_nsec * 1e-6;
}

int main(int count, char **arguments) {
  if (count != 6) die("five arguments");
  int size, months = atoi(arguments[2]), repetitions = atoi(arguments[4]);
  double rtol = atof(arguments[3]);
  Member *members = load(arguments[1], &size);
  double *out = malloc((size_t)size * months * 5 * sizeof *out);

  SUNContext context;
  SUNContext_Create(NULL, &context);
  N_Vector y = N_VNew_Serial(STATES, context);
  SUNMatrix matrix = SUNDenseMatrix(STATES, STATES, context);
  SUNLinearSolver solver = SUNLinSol_Dense(y, matrix, context);
  void *cvode = CVodeCreate(CV_BDF, context);
  N_VConst(1, y);
  CVodeInit(cvode, derivatives, 0, y);
  CVodeSStolerances(cvode, rtol, rtol * 1e-3);
  CVodeSetLinearSolver(cvode, solver, matrix);
  CVodeSetMaxNumSteps(cvode, 100000);

  for (int r = 0; r < repetitions; r++) {
    double began = milliseconds();
    for (int i = 0; i < size; i++) {
      memcpy(N_VGetArrayPointer(y), &members[i].c.y0, STATES * sizeof(double));
      CVodeReInit(cvode, 0, y);
      CVodeSetUserData(cvode, &members[i]);
      for (int month = 1; month <= months; month++) {
        realtype day = month * YEAR / 12, reached;
        if (CVode(cvode, day, y, &reached, CV_NORMAL) < 0) die("CVODE failed");
        read_out(&members[i], day, N_VGetArrayPointer(y), out + ((size_t)i * months + month - 1) * 5);
      }
    }
    printf("%.3f\n", milliseconds() - began);
  }

  FILE *to = fopen(arguments[5], "w");
  if (!to) die("cannot write the read-outs");
  fwrite(out, sizeof *out, (size_t)size * months * 5, to);
  fclose(to);
  return 0;
}
