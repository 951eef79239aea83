package dev.stampede.training.pipeline;

import dev.stampede.stamps.contract.ModelContract;
import dev.stampede.stamps.contract.ModelFile;
import dev.stampede.stamps.normalise.Recipe;
import dev.stampede.stamps.stamp.CandidateFeature;
import dev.stampede.stamps.stamp.Plane;
import dev.stampede.training.dataset.ClassNames;
import dev.stampede.training.dataset.Split;
import dev.stampede.training.fit.FitSettings;
import dev.stampede.training.fit.LearningRateSchedule;
import dev.stampede.training.network.Network;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/** The settings of a {@link TrainingPipeline}; everything but the network has a default. Immutable. */
public final class TrainingSettings {
    private final Builder values;

    private TrainingSettings(Builder values) {
        this.values = values;
    }

    /** Starts from the defaults for {@code network}. */
    public static Builder builder(Network network) {
        return new Builder(network);
    }

    public Network network() {
        return values.network;
    }

    public Recipe recipe() {
        return values.recipe;
    }

    /** The planes of the stamps, in order. */
    public List<Plane> planes() {
        return values.planes;
    }

    /** Those of them that the network takes, in order. */
    public List<Plane> networkPlanes() {
        return values.networkPlanes.isEmpty() ? values.planes : values.networkPlanes;
    }

    /** What the network takes in addition to the stamps, in order. */
    public List<CandidateFeature> features() {
        return values.features;
    }

    /** The same with other features. */
    TrainingSettings withFeatures(List<CandidateFeature> features) {
        return new Builder(values).features(features).build();
    }

    /** The model whose probabilities the network is trained to reproduce in addition to the labels. */
    public Optional<ModelFile> teacher() {
        return values.teacher;
    }

    public ClassNames classes() {
        return values.classes;
    }

    public OptionalDouble pixelScaleArcsec() {
        return values.pixelScaleArcsec;
    }

    public Split.Fractions fractions() {
        return values.fractions;
    }

    public FitSettings fit() {
        return values.fit;
    }

    public double maxFalsePositiveRate() {
        return values.maxFalsePositiveRate;
    }

    public String modelName() {
        return values.modelName;
    }

    public String modelVersion() {
        return values.modelVersion;
    }

    public boolean resume() {
        return values.resume;
    }

    public boolean acceptSwappedLabels() {
        return values.acceptSwappedLabels;
    }

    /** Collects settings; a wrong one is an {@link IllegalArgumentException}. */
    public static final class Builder {
        private static final FitSettings DEFAULT_FIT = new FitSettings(20, 256, 2e-3, LearningRateSchedule.COSINE, 1);

        private final Network network;
        private Recipe recipe = Recipe.ASINH_SNR;
        private List<Plane> planes = List.of(Plane.MEDIAN);
        private List<Plane> networkPlanes = List.of();
        private List<CandidateFeature> features = List.of();
        private Optional<ModelFile> teacher = Optional.empty();
        private ClassNames classes = ClassNames.TWO;
        private OptionalDouble pixelScaleArcsec = OptionalDouble.empty();
        private Split.Fractions fractions = Split.Fractions.STANDARD;
        private FitSettings fit = DEFAULT_FIT;
        private double maxFalsePositiveRate = 0.01;
        private String modelName;
        private String modelVersion = "1";
        private boolean resume;
        private boolean acceptSwappedLabels;

        private Builder(Network network) {
            this.network = network;
            modelName = network.networkName();
        }

        private Builder(Builder other) {
            network = other.network;
            recipe = other.recipe;
            planes = other.planes;
            networkPlanes = other.networkPlanes;
            features = other.features;
            teacher = other.teacher;
            classes = other.classes;
            pixelScaleArcsec = other.pixelScaleArcsec;
            fractions = other.fractions;
            fit = other.fit;
            maxFalsePositiveRate = other.maxFalsePositiveRate;
            modelName = other.modelName;
            modelVersion = other.modelVersion;
            resume = other.resume;
            acceptSwappedLabels = other.acceptSwappedLabels;
        }

        /** Takes recipe, planes, features, pixel scale and name of an existing model, whose successor is to be trained. */
        public Builder like(ModelContract model) {
            pixelScaleArcsec = model.pixelScaleArcsec();
            return recipe(model.preprocessing().recipe(0))
                    .planes(model.planes())
                    .features(model.features().kinds())
                    .modelName(model.modelName());
        }

        /** The normalisation of the stamps; {@code asinh-snr} by default. */
        public Builder recipe(Recipe value) {
            recipe = value;
            return this;
        }

        /** The coadds of a stamp, in the order of the files; the median alone by default. */
        public Builder planes(List<Plane> value) {
            planes = List.copyOf(value);
            return this;
        }

        /** The planes of the stamps that the network takes; all by default. */
        public Builder networkPlanes(List<Plane> value) {
            networkPlanes = List.copyOf(value);
            return this;
        }

        /** What the network takes in addition to the stamps, each once; nothing by default. */
        public Builder features(List<CandidateFeature> value) {
            require(new HashSet<>(value).size() == value.size(), "a feature is named twice: " + value);
            features = List.copyOf(value);
            return this;
        }

        /** A model for the same stamps, or some of their planes, whose probabilities are half of each label; none by default. */
        public Builder teacher(ModelFile value) {
            teacher = Optional.of(value);
            return this;
        }

        /** The classes of the output; bogus and real by default. */
        public Builder classes(ClassNames value) {
            classes = value;
            return this;
        }

        /** The size of a pixel of the stamps, arcseconds, above 0; unknown by default. */
        public Builder pixelScaleArcsec(double value) {
            require(value > 0 && Double.isFinite(value), "the pixel scale must be above 0 arcseconds, not " + value);
            pixelScaleArcsec = OptionalDouble.of(value);
            return this;
        }

        /** The shares of training, validation and test set; 0.7, 0.1 and 0.2 by default. */
        public Builder fractions(Split.Fractions value) {
            fractions = value;
            return this;
        }

        /** The hyperparameters; 20 epochs of Adam by default. Their seed also determines the split. */
        public Builder fit(FitSettings value) {
            fit = value;
            return this;
        }

        /** The false-positive rate on the validation set that sets the threshold, 0 to 1, exclusive; 0.01 by default. */
        public Builder maxFalsePositiveRate(double value) {
            require(value > 0 && value < 1, "the false-positive rate must be between 0 and 1, not " + value);
            maxFalsePositiveRate = value;
            return this;
        }

        /** The name of the model; that of the network by default. */
        public Builder modelName(String value) {
            modelName = value;
            return this;
        }

        /** The version of the model; 1 by default. */
        public Builder modelVersion(String value) {
            modelVersion = value;
            return this;
        }

        /** Whether to continue from the checkpoint of an interrupted run with the same settings; off by default. */
        public Builder resume(boolean value) {
            resume = value;
            return this;
        }

        /** Whether to train even if the bogus stamps look more like point sources than the real ones; off by default. */
        public Builder acceptSwappedLabels(boolean value) {
            acceptSwappedLabels = value;
            return this;
        }

        /** Throws an IllegalArgumentException if a plane is named twice, or the network takes one that the stamps do not have. */
        public TrainingSettings build() {
            Plane.requireDistinct(planes);
            if (!networkPlanes.isEmpty()) {
                Plane.requireDistinct(networkPlanes);
            }
            require(
                    planes.containsAll(networkPlanes),
                    "the network takes the planes " + Plane.names(networkPlanes) + " of stamps that have "
                            + Plane.names(planes));
            return new TrainingSettings(new Builder(this));
        }

        private static void require(boolean holds, String otherwise) {
            if (!holds) {
                throw new IllegalArgumentException(otherwise);
            }
        }
    }
}
