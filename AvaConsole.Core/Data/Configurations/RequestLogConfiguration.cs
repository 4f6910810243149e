using AvaConsole.Core.Releases;
using AvaConsole.Core.RequestLog;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace AvaConsole.Core.Data.Configurations;

internal sealed class RequestSampleConfiguration : IEntityTypeConfiguration<RequestSample>
{
    public void Configure(EntityTypeBuilder<RequestSample> builder)
    {
        builder.ToTable("request_samples");
        builder.HasOne<App>().WithMany().HasForeignKey(sample => sample.AppId).OnDelete(DeleteBehavior.Cascade);
        builder.HasIndex(sample => new { sample.AppId, sample.At });
        // What is too old is found by its age alone.
        builder.HasIndex(sample => sample.At);
    }
}

internal sealed class RequestSamplingConfiguration : IEntityTypeConfiguration<RequestSampling>
{
    public void Configure(EntityTypeBuilder<RequestSampling> builder)
    {
        builder.ToTable("request_sampling");
        builder.HasKey(sampling => sampling.AppId);
        builder.HasOne<App>().WithOne().HasForeignKey<RequestSampling>(sampling => sampling.AppId).OnDelete(DeleteBehavior.Cascade);
    }
}
